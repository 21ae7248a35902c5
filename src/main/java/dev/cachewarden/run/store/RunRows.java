package dev.cachewarden.run.store;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs.RunFilter;
import dev.cachewarden.store.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** The table of runs, for reads. */
@Repository
class RunRows {

    private static final String[] ACTIVE = RunState.namesOf(RunState::active).toArray(String[]::new);

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
                        where r.engine_id = :engine and r.ended_at is null
                        order by r.state = :waiting, r.id limit 1""")
                .param("engine", engineId)
                .param("waiting", RunState.AWAITING_APPROVAL.name())
                .query(RunViews::run)
                .optional();
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

    /** Returns runs whose countdown is over and whose engine has no other active run. */
    List<Long> startable(Instant now) {
        return jdbc.sql("""
                        select r.id from prune_run r
                        where r.state = :countdown and r.start_at <= :now and not exists (
                            select 1 from prune_run a
                            where a.engine_id = r.engine_id and a.state = any(:active))
                        order by r.start_at, r.id""")
                .param("countdown", RunState.COUNTDOWN.name())
                .param("active", ACTIVE)
                .param("now", Columns.time(now))
                .query((row, number) -> row.getLong("id"))
                .list();
    }

    /** Returns active runs whose replica has sent no heartbeat since the given time. */
    List<Long> orphaned(Instant since) {
        return jdbc.sql("select id from prune_run where state = any(:active) and heartbeat_at < :since order by id")
                .param("active", ACTIVE)
                .param("since", Columns.time(since))
                .query((row, number) -> row.getLong("id"))
                .list();
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
