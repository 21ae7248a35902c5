package dev.cachewarden.run.execution;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.plan.OutcomeReason;
import dev.cachewarden.plan.RecordOutcome;
import dev.cachewarden.planner.PlannedRecord;
import dev.cachewarden.run.DeletionMethod;
import dev.cachewarden.run.Run;
import dev.cachewarden.run.RunNote;
import dev.cachewarden.run.RunState;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The stored state and results of a run during its execution. Every write takes effect only while this replica owns the run and the run has
 * not ended. Otherwise a write throws {@link ActiveRun.LostException}; writes about records are skipped instead.
 */
@Repository
class RunLedger {

    private static final String STILL_OURS =
            " exists (select 1 from prune_run where id = :run and owner = :owner and ended_at is null)";

    private final JdbcClient jdbc;
    private final RunStates states;
    private final RunMetrics metrics;

    RunLedger(JdbcClient jdbc, RunStates states, RunMetrics metrics) {
        this.jdbc = jdbc;
        this.states = states;
        this.metrics = metrics;
    }

    /** Returns the planned records in the order of deletion. */
    List<PlannedRecord> planned(ActiveRun run) {
        return jdbc.sql("select * from prune_plan_record where plan_id = ? order by position")
                .param(run.plan().id())
                .query((row, number) -> planned(row))
                .list();
    }

    private static PlannedRecord planned(ResultSet row) throws SQLException {
        return new PlannedRecord(
                row.getString("record_id"),
                new RecordType(row.getString("type")),
                Columns.size(row, "size_bytes"),
                Columns.instantOrNull(row, "last_used_at"),
                row.getLong("usage_count"),
                row.getBoolean("shared"));
    }

    /**
     * A record and its outcome.
     *
     * @param reason the reason, or null if the deletion succeeded as planned
     * @param deleted deleted bytes, or null if nothing was deleted or the planned size applies
     */
    record Outcome(
            String recordId,
            RecordOutcome outcome,
            @Nullable OutcomeReason reason,
            @Nullable ByteSize deleted) {

        static Outcome deleted(String recordId, @Nullable ByteSize size) {
            return new Outcome(recordId, RecordOutcome.DELETED, null, size);
        }

        static Outcome of(String recordId, RecordOutcome outcome, OutcomeReason.Code reason) {
            return new Outcome(recordId, outcome, OutcomeReason.of(reason), null);
        }

        private @Nullable String reasonAsJson() {
            return reason == null ? null : Columns.json(reason);
        }
    }

    /** Stores the outcomes of records that have none yet. */
    void record(ActiveRun run, Collection<Outcome> outcomes, Instant now) {
        write(run, outcomes, now, "and r.outcome is null and");
    }

    /** Corrects the outcomes of records that were reported as deleted but still exist. */
    void correct(ActiveRun run, Collection<Outcome> outcomes, Instant now) {
        write(run, outcomes, now, "and r.outcome = 'DELETED' and");
    }

    private void write(ActiveRun run, Collection<Outcome> outcomes, Instant now, String condition) {
        if (outcomes.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        update prune_plan_record r set outcome = u.outcome, outcome_reason = cast(u.reason as jsonb), outcome_at = :now,
                            deleted_bytes = case when u.outcome = 'DELETED' then coalesce(u.bytes, r.size_bytes) end
                        from unnest(cast(:ids as text[]), cast(:outcomes as text[]), cast(:reasons as text[]),
                            cast(:bytes as bigint[])) as u (id, outcome, reason, bytes)
                        where r.plan_id = :plan and r.record_id = u.id
                        """ + condition + STILL_OURS)
                .param("now", Columns.time(now))
                .param("ids", outcomes.stream().map(Outcome::recordId).toArray(String[]::new))
                .param(
                        "outcomes",
                        outcomes.stream().map(o -> o.outcome().name()).toArray(String[]::new))
                .param("reasons", outcomes.stream().map(Outcome::reasonAsJson).toArray(String[]::new))
                .param(
                        "bytes",
                        outcomes.stream()
                                .map(o -> Columns.bytesOrNull(o.deleted()))
                                .toArray(Long[]::new))
                .param("plan", run.plan().id())
                .param("run", run.id())
                .param("owner", run.owner())
                .update();
    }

    void recordDiskBefore(ActiveRun run, ByteSize free) {
        set(run, "disk_free_before_bytes = :value", free.bytes());
    }

    void recordDiskAfter(ActiveRun run, ByteSize free) {
        set(run, "disk_free_after_bytes = :value", free.bytes());
    }

    void recordCacheBefore(ActiveRun run, ByteSize size) {
        set(run, "cache_before_bytes = :value", size.bytes());
    }

    /**
     * Stores that the records up to a position are about to be passed to the builder. It does so before the call, so that after a crash it
     * is certain which records were not sent. The position never decreases, because a batch can consist of records that were sent before.
     */
    void recordSending(ActiveRun run, String lastRecordId) {
        set(run, """
                sent_position = greatest(sent_position,
                    (select position from prune_plan_record r where r.plan_id = prune_run.plan_id and r.record_id = :value))""", lastRecordId);
    }

    /** Resets the sent position if nothing after it was sent. */
    void recordNothingSentAfter(ActiveRun run, int position) {
        set(run, "sent_position = :value", position);
    }

    int sentPosition(ActiveRun run) {
        return jdbc.sql("select sent_position from prune_run where id = ?")
                .param(run.id())
                .query(Integer.class)
                .single();
    }

    /** Adds the report of the builder for one batch. */
    void recordReport(ActiveRun run, ByteSize reclaimed, DeletionMethod method) {
        set(run, "reported_bytes = coalesce(reported_bytes, 0) + :value", reclaimed.bytes());
        set(run, "method = :value", method.name());
    }

    void add(ActiveRun run, RunNote note) {
        set(run, "notes = notes || cast(:value as jsonb)", Columns.json(note));
    }

    private void set(ActiveRun run, String assignment, Object value) {
        int rows = jdbc.sql("update prune_run set " + assignment
                        + " where id = :run and owner = :owner and ended_at is null")
                .param("value", value)
                .param("run", run.id())
                .param("owner", run.owner())
                .update();
        if (rows != 1) {
            throw new ActiveRun.LostException(run.id());
        }
    }

    /** Adds to the progress shown during the run. The totals are counted again at the end. */
    void addProgress(ActiveRun run, long records, ByteSize size) {
        set(run, "deleted_count = deleted_count + :value", records);
        set(run, "deleted_bytes = deleted_bytes + :value", size.bytes());
    }

    /**
     * Stores that the run waits for builds.
     *
     * @return the start of the wait, which may have been on another replica
     */
    Instant beginWaiting(ActiveRun run, Instant now) {
        change(run, state -> state.beginWaiting(run.owner(), now));
        return jdbc.sql("select waiting_since from prune_run where id = ?")
                .param(run.id())
                .query((row, number) -> Columns.instant(row, "waiting_since"))
                .single();
    }

    void endWaiting(ActiveRun run, Instant now) {
        change(run, state -> state.endWaiting(run.owner(), now));
    }

    /** Releases a run that waits for builds, so that another replica can claim it. */
    void release(ActiveRun run) {
        change(run, state -> state.release(run.owner()));
    }

    private void change(ActiveRun run, Predicate<Run> change) {
        if (!states.change(run.id(), change)) {
            throw new ActiveRun.LostException(run.id());
        }
    }

    /** Returns whether a user requested to stop the run. */
    boolean stopRequested(ActiveRun run) {
        return jdbc.sql("select cancel_requested_at is not null from prune_run where id = ?")
                .param(run.id())
                .query(Boolean.class)
                .single();
    }

    void beginVerifying(ActiveRun run, Instant now) {
        change(run, state -> state.beginVerifying(run.owner(), now));
    }

    Instant deletionEndedAt(ActiveRun run) {
        return jdbc.sql("select deletion_ended_at from prune_run where id = ?")
                .param(run.id())
                .query((row, number) -> Columns.instant(row, "deletion_ended_at"))
                .single();
    }

    Set<String> idsDeleted(ActiveRun run) {
        return Set.copyOf(jdbc.sql("select record_id from prune_plan_record where plan_id = ? and outcome = 'DELETED'")
                .param(run.plan().id())
                .query((row, number) -> row.getString("record_id"))
                .list());
    }

    /**
     * A planned record without an outcome.
     *
     * @param sent whether it was, or may have been, passed to the builder
     */
    record Open(String recordId, boolean sent) {}

    List<Open> open(ActiveRun run) {
        return jdbc.sql("""
                        select r.record_id, r.position <= p.sent_position as sent
                        from prune_plan_record r join prune_run p on p.plan_id = r.plan_id
                        where p.id = ? and r.outcome is null order by r.position""")
                .param(run.id())
                .query((row, number) -> new Open(row.getString("record_id"), row.getBoolean("sent")))
                .list();
    }

    /**
     * The counts at the end of a run.
     *
     * @param notReached records that were not sent because the run ended before them; records skipped for another reason do not count
     * @param stopped whether a user stopped the run before them
     */
    record Tally(long deleted, long failed, long notReached, boolean stopped) {}

    Tally tally(ActiveRun run) {
        return jdbc.sql("""
                        select count(*) filter (where r.outcome = 'DELETED') as deleted,
                            count(*) filter (where r.outcome = 'FAILED') as failed,
                            count(*) filter (where r.outcome_reason ->> 'code' = any(:notReached)) as not_reached,
                            bool_or(r.outcome_reason ->> 'code' = :stopped) as stopped
                        from prune_plan_record r where r.plan_id = :plan""")
                .param(
                        "notReached",
                        OutcomeReason.NOT_REACHED.stream().map(Enum::name).toArray(String[]::new))
                .param("stopped", OutcomeReason.Code.STOPPED.name())
                .param("plan", run.plan().id())
                .query((row, number) -> new Tally(
                        row.getLong("deleted"),
                        row.getLong("failed"),
                        row.getLong("not_reached"),
                        row.getBoolean("stopped")))
                .single();
    }

    /**
     * Closes a run with the totals of its records.
     *
     * @param cacheAfter the size of the cache after the run, or null if it was not read
     */
    void close(ActiveRun run, RunState state, @Nullable ByteSize cacheAfter, Instant now) {
        var deleted = new AtomicReference<>(Amount.NONE);
        change(run, closing -> {
            if (!closing.close(run.owner(), state, now)) {
                return false;
            }
            deleted.set(storeTotals(run, cacheAfter));
            return true;
        });
        metrics.count(run, state, deleted.get());
    }

    private Amount storeTotals(ActiveRun run, @Nullable ByteSize cacheAfter) {
        return jdbc.sql("""
                        update prune_run set cache_after_bytes = :after,
                            deleted_count = s.deleted_count, deleted_bytes = s.deleted_bytes,
                            skipped_count = s.skipped_count, skipped_bytes = s.skipped_bytes,
                            failed_count = s.failed_count, failed_bytes = s.failed_bytes
                        from (select count(*) filter (where outcome = 'DELETED') as deleted_count,
                                least(coalesce(sum(deleted_bytes) filter (where outcome = 'DELETED'), 0), 9223372036854775807) as deleted_bytes,
                                count(*) filter (where outcome = 'SKIPPED') as skipped_count,
                                least(coalesce(sum(size_bytes) filter (where outcome = 'SKIPPED'), 0), 9223372036854775807) as skipped_bytes,
                                count(*) filter (where outcome = 'FAILED') as failed_count,
                                least(coalesce(sum(size_bytes) filter (where outcome = 'FAILED'), 0), 9223372036854775807) as failed_bytes
                            from prune_plan_record where plan_id = :plan) s
                        where id = :run
                        returning prune_run.deleted_count, prune_run.deleted_bytes""")
                .param("after", Columns.bytesOrNull(cacheAfter))
                .param("plan", run.plan().id())
                .param("run", run.id())
                .query((row, number) ->
                        new Amount(row.getLong("deleted_count"), new ByteSize(row.getLong("deleted_bytes"))))
                .single();
    }
}
