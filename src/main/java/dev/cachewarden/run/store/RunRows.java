package dev.cachewarden.run.store;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs.RunFilter;
import dev.cachewarden.store.Columns;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The table of runs, for reads and for changes from outside a run's execution. */
@Repository
class RunRows {

    private static final String VIEW = """
            select r.*, p.host_id, p.host_name, p.policy_id, p.policy_name, p.policy_version, p.draft, p.record_count, p.total_bytes
            from prune_run r join prune_plan p on p.id = r.plan_id
            """;

    private static final String THAT_DELETED = """
            where r.ended_at >= :from and r.ended_at < :until and r.deleted_count > 0
                and (cast(:builders as bigint[]) is null or r.builder_id = any(:builders))
            """;

    private final JdbcClient jdbc;

    RunRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The data stored for a new run.
     *
     * @param state AWAITING_APPROVAL or COUNTDOWN
     */
    record NewRun(
            PlanView plan,
            RunState state,
            RunTrigger trigger,
            Caller by,
            @Nullable String idempotencyKey,
            Instant now,
            Instant startAt,
            @Nullable Long group) {

        /** Creates a run without a group. */
        NewRun(
                PlanView plan,
                RunState state,
                RunTrigger trigger,
                Caller by,
                @Nullable String idempotencyKey,
                Instant now,
                Instant startAt) {
            this(plan, state, trigger, by, idempotencyKey, now, startAt, null);
        }
    }

    /**
     * Inserts a run.
     *
     * @throws DuplicateKeyException if the plan has a run, or the idempotency key was used
     */
    long insert(NewRun run) {
        return insert(run, null);
    }

    /**
     * Inserts a run.
     *
     * @param endMessage why the run ended at the time of the request, or null if it has yet to start
     */
    long insert(NewRun run, @Nullable String endMessage) {
        var ended = endMessage == null ? null : run.now();
        return jdbc.sql("""
                        insert into prune_run (plan_id, builder_id, engine_id, state, trigger, requested_by, requested_token,
                            requested_address, requested_at, idempotency_key, start_at, ended_at, group_id, message)
                        values (:plan, :builder, :engine, :state, :trigger, :by, :token, :address, :now, :key, :startAt, :ended,
                            :group, :message)
                        returning id""")
                .param("plan", run.plan().id())
                .param("builder", run.plan().builder().value())
                .param("engine", run.plan().engineId())
                .param("state", run.state().name())
                .param("trigger", run.trigger().name())
                .param("by", run.by().name())
                .param("token", run.by().token())
                .param("address", run.by().address())
                .param("now", Columns.time(run.now()))
                .param("key", run.idempotencyKey())
                .param("startAt", Columns.time(ended == null ? run.startAt() : ended))
                .param("ended", ended == null ? null : Columns.time(ended), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("group", run.group(), Types.BIGINT)
                .param("message", endMessage, Types.VARCHAR)
                .query(Long.class)
                .single();
    }

    Optional<RunView> find(long id) {
        return jdbc.sql(VIEW + "where r.id = ?").param(id).query(RunViews::run).optional();
    }

    List<RunView> ofGroup(long group) {
        return jdbc.sql(VIEW + "where r.group_id = ? order by r.id")
                .param(group)
                .query(RunViews::run)
                .list();
    }

    Optional<RunView> ofPlan(long planId) {
        return jdbc.sql(VIEW + "where r.plan_id = ?")
                .param(planId)
                .query(RunViews::run)
                .optional();
    }

    /** Returns the runs requested with this key, or with a key derived from it for one of several hosts. */
    List<RunView> withKey(String key) {
        return jdbc.sql(VIEW
                        + "where r.idempotency_key = :key or starts_with(r.idempotency_key, :key || '#') order by r.id")
                .param("key", key)
                .query(RunViews::run)
                .list();
    }

    /** Returns the keys that belong to an existing run. */
    Set<String> usedOf(List<String> keys) {
        return Set.copyOf(jdbc.sql("select idempotency_key from prune_run where idempotency_key = any(?)")
                .param(keys.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** Returns the run of an engine that has not ended. A run that waits for approval comes last. */
    Optional<RunView> openOn(String engineId) {
        return jdbc.sql(VIEW + """
                        where r.engine_id = ? and r.ended_at is null
                        order by r.state = 'AWAITING_APPROVAL', r.id limit 1""").param(engineId).query(RunViews::run).optional();
    }

    List<RunView> list(RunFilter filter, @Nullable Long before, int limit) {
        var states = filter.states().stream().map(RunState::name).toArray(String[]::new);
        return jdbc.sql(VIEW + """
                        where (cast(:before as bigint) is null or r.id < :before)
                            and (cardinality(cast(:states as text[])) = 0 or r.state = any(:states))
                            and (cast(:builder as bigint) is null or r.builder_id = :builder)
                            and (cast(:policy as bigint) is null or p.policy_id = :policy)
                        order by r.id desc limit :limit""")
                .param("before", before)
                .param("states", states)
                .param(
                        "builder",
                        filter.builder() == null ? null : filter.builder().value())
                .param("policy", filter.policy())
                .param("limit", limit)
                .query(RunViews::run)
                .list();
    }

    /** Returns the runs that ended within a time range and deleted records, largest first. */
    List<RunView> largest(@Nullable Set<BuilderId> builders, Instant from, Instant until, int limit) {
        return thatDeleted(
                        jdbc.sql(VIEW + THAT_DELETED + "order by r.deleted_bytes desc, r.id desc limit :limit"),
                        builders,
                        from,
                        until)
                .param("limit", limit)
                .query(RunViews::run)
                .list();
    }

    int countThatDeleted(@Nullable Set<BuilderId> builders, Instant from, Instant until) {
        return thatDeleted(jdbc.sql("select count(*) from prune_run r " + THAT_DELETED), builders, from, until)
                .query(Integer.class)
                .single();
    }

    private static StatementSpec thatDeleted(
            StatementSpec statement, @Nullable Set<BuilderId> builders, Instant from, Instant until) {
        return statement
                .param("from", Columns.time(from))
                .param("until", Columns.time(until))
                .param(
                        "builders",
                        builders == null
                                ? null
                                : builders.stream().map(BuilderId::value).toArray(Long[]::new));
    }

    /** Approves a run, which then counts down. Returns false if it does not wait for approval. */
    boolean approve(long id, Caller by, Instant now, Instant startAt) {
        return jdbc.sql("""
                        update prune_run set state = 'COUNTDOWN', approved_by = :by, approved_token = :token,
                            approved_address = :address, approved_at = :now, start_at = :startAt
                        where id = :id and state = 'AWAITING_APPROVAL'""")
                        .param("by", by.name())
                        .param("token", by.token())
                        .param("address", by.address())
                        .param("now", Columns.time(now))
                        .param("startAt", Columns.time(startAt))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Cancels a run that has not begun. Returns false if it has begun or ended. */
    boolean cancelWaiting(long id, Caller by, Instant now) {
        return jdbc.sql("""
                        update prune_run set state = 'CANCELED', cancelled_by = :by, cancelled_token = :token,
                            cancelled_address = :address, cancel_requested_at = :now,
                            ended_at = :now, message = 'Canceled before it started. Nothing was deleted.'
                        where id = :id and state in ('AWAITING_APPROVAL', 'COUNTDOWN')""")
                        .param("by", by.name())
                        .param("token", by.token())
                        .param("address", by.address())
                        .param("now", Columns.time(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Requests that a run stops while it waits for builds or deletes. Returns false if it does neither. */
    boolean requestStop(long id, Caller by, Instant now) {
        return jdbc.sql("""
                        update prune_run set cancelled_by = coalesce(cancelled_by, :by),
                            cancelled_token = case when cancelled_by is null then :token else cancelled_token end,
                            cancelled_address = case when cancelled_by is null then :address else cancelled_address end,
                            cancel_requested_at = coalesce(cancel_requested_at, :now)
                        where id = :id and state in ('WAITING_FOR_BUILDS', 'RUNNING')""")
                        .param("by", by.name())
                        .param("token", by.token())
                        .param("address", by.address())
                        .param("now", Columns.time(now))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Returns runs whose countdown is over and whose engine has no other active run. */
    List<Long> startable(Instant now) {
        return jdbc.sql("""
                        select r.id from prune_run r
                        where r.state = 'COUNTDOWN' and r.start_at <= ? and not exists (
                            select 1 from prune_run a
                            where a.engine_id = r.engine_id and a.state in ('WAITING_FOR_BUILDS', 'RUNNING', 'VERIFYING'))
                        order by r.start_at, r.id""")
                .param(Columns.time(now))
                .query((row, number) -> row.getLong("id"))
                .list();
    }

    /**
     * Claims a run whose countdown is over. Returns false if another replica claimed it, it was canceled, or another run is active on its
     * engine.
     */
    boolean claim(long id, String owner, Instant now) {
        try {
            return jdbc.sql("""
                            update prune_run set state = 'RUNNING', owner = :owner, heartbeat_at = :now, started_at = :now
                            where id = :id and state = 'COUNTDOWN' and start_at <= :now""")
                            .param("owner", owner)
                            .param("now", Columns.time(now))
                            .param("id", id)
                            .update()
                    == 1;
        } catch (DuplicateKeyException e) {
            // The index prune_run_one_active: another run on the same engine was claimed first.
            return false;
        }
    }

    /** Returns running and verifying runs whose replica has sent no heartbeat since the given time. */
    List<Long> orphaned(Instant since) {
        return jdbc.sql("""
                        select id from prune_run where state in ('RUNNING', 'VERIFYING') and heartbeat_at < ? order by id""")
                .param(Columns.time(since))
                .query((row, number) -> row.getLong("id"))
                .list();
    }

    /** Resets runs that waited for builds on a dead replica, so that they start again. Nothing was sent for them yet. */
    void giveBack(Instant since) {
        jdbc.sql("""
                        update prune_run set state = 'COUNTDOWN', owner = null, heartbeat_at = null
                        where state = 'WAITING_FOR_BUILDS' and heartbeat_at < ?""").param(Columns.time(since)).update();
    }

    /**
     * Takes over a run without a heartbeat since the given time, to verify what was actually deleted. Of several replicas, only one
     * succeeds.
     */
    boolean takeOver(long id, String owner, Instant since, Instant now) {
        return jdbc.sql("""
                        update prune_run set owner = :owner, heartbeat_at = :now,
                            deletion_ended_at = coalesce(deletion_ended_at, :now),
                            message = case when state = 'RUNNING' then coalesce(message || ' ', '')
                                || 'Cachewarden stopped in mid-run; what really went was read back from the builder.'
                                else message end,
                            state = 'VERIFYING'
                        where id = :id and state in ('RUNNING', 'VERIFYING') and heartbeat_at < :since""")
                        .param("owner", owner)
                        .param("now", Columns.time(now))
                        .param("since", Columns.time(since))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Updates the heartbeat of these runs. */
    void heartbeat(List<Long> ids, String owner, Instant now) {
        jdbc.sql(
                        "update prune_run set heartbeat_at = :now where id = any(:ids) and owner = :owner and ended_at is null")
                .param("now", Columns.time(now))
                .param("ids", ids.toArray(Long[]::new))
                .param("owner", owner)
                .update();
    }
}
