package dev.cachewarden.run.execution;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.Run;
import dev.cachewarden.run.RunEnded;
import dev.cachewarden.run.RunNote;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView.By;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;

/** The runs in the database, as far as they change. It applies each change to a locked row, and publishes the end of a run. */
@Repository
public class RunStates {

    private static final TypeReference<List<RunNote>> NOTES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;

    RunStates(JdbcClient jdbc, TransactionTemplate transactions, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
    }

    /**
     * A request to run a plan.
     *
     * @param group the group of runs that are started together, or null if the run is started alone
     */
    public record NewRun(
            PlanView plan,
            RunTrigger trigger,
            Caller by,
            @Nullable String idempotencyKey,
            Instant now,
            Instant startAt,
            @Nullable Long group) {}

    /**
     * Inserts a run.
     *
     * @throws DuplicateKeyException if the plan has a run, or the idempotency key was used
     */
    public long insert(NewRun request) {
        var plan = request.plan();
        var run = Run.request(
                        plan.effect().planned().records() == 0, plan.needsApproval(), request.now(), request.startAt())
                .snapshot();
        return Objects.requireNonNull(transactions.execute(transaction -> {
            long id = insert(request, run);
            publish(id, plan.target().builder(), run);
            return id;
        }));
    }

    private long insert(NewRun request, Run.Snapshot run) {
        return jdbc.sql("""
                        insert into prune_run (plan_id, builder_id, engine_id, state, trigger, requested_by, requested_token,
                            requested_address, requested_at, idempotency_key, start_at, ended_at, group_id, notes)
                        values (:plan, :builder, :engine, :state, :trigger, :by, :token, :address, :now, :key, :startAt, :ended,
                            :group, cast(:notes as jsonb))
                        returning id""")
                .param("plan", request.plan().id())
                .param("builder", request.plan().target().builder().value())
                .param("engine", request.plan().target().engineId())
                .param("state", run.state().name())
                .param("trigger", request.trigger().name())
                .param("by", request.by().name())
                .param("token", request.by().token())
                .param("address", request.by().address())
                .param("now", Columns.time(request.now()))
                .param("key", request.idempotencyKey())
                .param("startAt", Columns.time(run.startAt()))
                .param("ended", Columns.timeOrNull(run.endedAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("group", request.group(), Types.BIGINT)
                .param("notes", asJson(run.notes()))
                .query(Long.class)
                .single();
    }

    /**
     * Claims a run whose countdown is over. Returns false if another replica claimed it, it was canceled, or another run is active on its
     * engine.
     */
    public boolean claim(long id, String owner, Instant now) {
        try {
            return change(id, run -> run.claim(owner, now));
        } catch (DuplicateKeyException e) {
            // The index prune_run_one_active: another run on the same engine was claimed first.
            return false;
        }
    }

    private record Locked(BuilderId builder, Run run) {}

    /**
     * Changes a run, unless the change returns false.
     *
     * @return false if the run does not exist, or was not changed
     * @throws DuplicateKeyException if another run on the same engine is active
     */
    public boolean change(long id, Predicate<Run> change) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            var found = jdbc.sql("select * from prune_run where id = ? for no key update")
                    .param(id)
                    .query((row, number) -> new Locked(new BuilderId(row.getLong("builder_id")), run(row)))
                    .optional();
            if (found.isEmpty()) {
                return false;
            }
            var run = found.get().run();
            var before = run.snapshot();
            if (!change.test(run)) {
                return false;
            }
            save(id, run.snapshot());
            if (!before.state().ended()) {
                publish(id, found.get().builder(), run.snapshot());
            }
            return true;
        }));
    }

    private void publish(long id, BuilderId builder, Run.Snapshot run) {
        if (run.endedAt() != null) {
            events.publishEvent(new RunEnded(id, builder, run.state(), run.endedAt()));
        }
    }

    /** Returns the stored form of notes. */
    private static String asJson(List<RunNote> notes) {
        return Columns.json(notes);
    }

    /** Returns notes from their stored form. */
    public static List<RunNote> notes(ResultSet row) throws SQLException {
        return Columns.fromJson(row.getString("notes"), NOTES);
    }

    private static Run run(ResultSet row) throws SQLException {
        return Run.of(new Run.Snapshot(
                RunState.valueOf(row.getString("state")),
                Columns.instant(row, "start_at"),
                row.getString("owner"),
                Columns.instantOrNull(row, "heartbeat_at"),
                by(row, "approved", "approved_at"),
                by(row, "canceled", "cancel_requested_at"),
                Columns.instantOrNull(row, "waiting_since"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "deletion_ended_at"),
                Columns.instantOrNull(row, "ended_at"),
                notes(row)));
    }

    /** Returns the user of an action, or null if there was no such action. */
    public static @Nullable By by(ResultSet row, String what, String at) throws SQLException {
        var name = row.getString(what + "_by");
        return name == null
                ? null
                : new By(
                        name,
                        Columns.instant(row, at),
                        row.getString(what + "_token"),
                        row.getString(what + "_address"));
    }

    private void save(long id, Run.Snapshot run) {
        var statement = jdbc.sql("""
                        update prune_run set state = :state, start_at = :startAt, owner = :owner, heartbeat_at = :heartbeatAt,
                            approved_by = :approvedBy, approved_token = :approvedToken, approved_address = :approvedAddress,
                            approved_at = :approvedAt, canceled_by = :canceledBy, canceled_token = :canceledToken,
                            canceled_address = :canceledAddress, cancel_requested_at = :canceledAt,
                            waiting_since = :waitingSince, started_at = :startedAt, deletion_ended_at = :deletionEndedAt,
                            ended_at = :endedAt, notes = cast(:notes as jsonb)
                        where id = :id""")
                .param("state", run.state().name())
                .param("startAt", Columns.time(run.startAt()))
                .param("owner", run.owner())
                .param("heartbeatAt", Columns.timeOrNull(run.heartbeatAt()))
                .param("waitingSince", Columns.timeOrNull(run.waitingSince()))
                .param("startedAt", Columns.timeOrNull(run.startedAt()))
                .param("deletionEndedAt", Columns.timeOrNull(run.deletionEndedAt()))
                .param("endedAt", Columns.timeOrNull(run.endedAt()))
                .param("notes", asJson(run.notes()))
                .param("id", id);
        add(add(statement, "approved", run.approval()), "canceled", run.cancel())
                .update();
    }

    private static StatementSpec add(StatementSpec statement, String what, @Nullable By by) {
        return statement
                .param(what + "By", by == null ? null : by.name())
                .param(what + "Token", by == null ? null : by.token())
                .param(what + "Address", by == null ? null : by.address())
                .param(what + "At", by == null ? null : Columns.time(by.at()));
    }
}
