package dev.cachewarden.plan;

import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.PlanView.PolicyVersion;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.store.JsonColumns;
import dev.cachewarden.store.Columns;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/** The tables of plans and their records. */
@Repository
class PlanRows {

    private static final int BATCH = 1_000;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final TransactionOperations transactions;

    PlanRows(JdbcTemplate jdbc, TransactionOperations transactions) {
        this.jdbc = JdbcClient.create(jdbc);
        this.batches = jdbc;
        this.transactions = transactions;
    }

    /** Stores a plan with all its records in one transaction. */
    long insert(DraftPlan draft, Instant now) {
        return Objects.requireNonNull(transactions.execute(status -> {
            long id = insertPlan(draft, now);
            insertRecords(id, draft);
            return id;
        }));
    }

    /** Stores a plan and deletes the plans of the same policy, builder, and creator that were never run. Only the latest report matters. */
    long replace(DraftPlan draft, Instant now) {
        return Objects.requireNonNull(transactions.execute(status -> {
            var policy = draft.order().policy();
            if (policy != null) {
                jdbc.sql("""
                                delete from prune_plan p where p.policy_id = :policy and p.builder_id = :builder and p.created_by = :by
                                    and not exists (select 1 from prune_run r where r.plan_id = p.id)""")
                        .param("policy", policy.id())
                        .param("builder", draft.target().builder().id().value())
                        .param("by", draft.order().by())
                        .update();
            }
            return insert(draft, now);
        }));
    }

    private long insertPlan(DraftPlan draft, Instant now) {
        var order = draft.order();
        var proposal = draft.proposal();
        var deleted = proposal.deletedAmount();
        var kept = proposal.keptAmount();
        var statement = jdbc.sql("""
                        insert into prune_plan (host_id, host_name, builder_id, engine_id, policy_id, policy_version, policy_name, draft,
                            mode, snapshot_at, created_at, created_by, rules, pins, max_run_bytes, max_run_share, limit_per_run_bytes,
                            approve_above_bytes, record_count, total_bytes, kept_count, kept_bytes, kept_reasons, by_type, guards,
                            disk_taken_at, disk_total_bytes, disk_free_bytes, disk_problem)
                        values (:host, :hostName, :builder, :engine, :policy, :policyVersion, :policyName, :draft,
                            :mode, :snapshotAt, :now, :by, cast(:rules as jsonb), cast(:pins as jsonb), :maxRunBytes, :maxRunShare, :limitPerRun,
                            :approveAbove, :count, :bytes, :keptCount, :keptBytes, cast(:kept as jsonb), cast(:byType as jsonb),
                            cast(:guards as jsonb), :diskTakenAt, :diskTotal, :diskFree, :diskProblem)
                        returning id""");
        return withDisk(withOrigin(statement, draft), draft.disk())
                .param("mode", order.mode().name())
                .param("snapshotAt", Columns.time(draft.snapshotAt()))
                .param("now", Columns.time(now))
                .param("by", order.by())
                .param("rules", JsonColumns.rules(order.rules()))
                .param("pins", JsonColumns.filters(order.pins()))
                .param("maxRunBytes", Columns.bytesOrNull(order.limitPerRun().maxBytes()))
                .param("maxRunShare", order.limitPerRun().maxShare())
                .param("limitPerRun", proposal.limitPerRun().bytes())
                .param("approveAbove", Columns.bytesOrNull(order.approveAbove()))
                .param("count", deleted.records())
                .param("bytes", deleted.size().bytes())
                .param("keptCount", kept.records())
                .param("keptBytes", kept.size().bytes())
                .param("kept", JsonColumns.sums(proposal.keptByReason()))
                .param("byType", JsonColumns.sums(proposal.deletedByType()))
                .param("guards", JsonColumns.guards(order.guards()))
                .query(Long.class)
                .single();
    }

    private static JdbcClient.StatementSpec withOrigin(JdbcClient.StatementSpec statement, DraftPlan draft) {
        var target = draft.target();
        var policy = draft.order().policy();
        return statement
                .param("host", target.host().id().value())
                .param("hostName", target.name())
                .param("builder", target.builder().id().value())
                .param("engine", target.engineId())
                .param("policy", policy == null ? null : policy.id(), Types.BIGINT)
                .param("policyVersion", policy == null ? null : policy.version(), Types.INTEGER)
                .param("policyName", policy == null ? null : policy.name())
                .param("draft", policy != null && policy.draft());
    }

    private static JdbcClient.StatementSpec withDisk(JdbcClient.StatementSpec statement, @Nullable DiskReading disk) {
        var space = disk == null ? null : disk.space();
        return statement
                .param("diskTakenAt", disk == null ? null : Columns.time(disk.takenAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("diskTotal", space == null ? null : space.total().bytes(), Types.BIGINT)
                .param("diskFree", space == null ? null : space.free().bytes(), Types.BIGINT)
                .param(
                        "diskProblem",
                        disk instanceof DiskReading.Unknown unknown ? unknown.problem() : null,
                        Types.VARCHAR);
    }

    private void insertRecords(long planId, DraftPlan draft) {
        var deletions = draft.proposal().deletions();
        batches.batchUpdate(
                """
                insert into prune_plan_record (plan_id, position, record_id, type, description, size_bytes, last_used_at,
                    usage_count, rule, reason, shared)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as jsonb), ?)""",
                IntStream.range(0, deletions.size()).boxed().toList(),
                BATCH,
                (statement, index) -> setRecord(statement, planId, index + 1, draft, index));
    }

    private static void setRecord(PreparedStatement statement, long planId, int position, DraftPlan draft, int index)
            throws SQLException {
        var deletion = draft.proposal().deletions().get(index);
        var record = deletion.record();
        statement.setLong(1, planId);
        statement.setInt(2, position);
        statement.setString(3, record.id());
        statement.setString(4, record.type().name());
        // PostgreSQL text cannot contain the character 0.
        statement.setString(5, record.description().replace("\0", ""));
        statement.setLong(6, record.size().bytes());
        statement.setObject(7, Columns.timeOrNull(record.lastUsedAt()), Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setLong(8, record.usageCount());
        statement.setInt(9, deletion.reason().rule());
        statement.setString(10, StoredReason.write(deletion.reason()));
        statement.setBoolean(11, record.shared());
    }

    Optional<PlanView> find(long id) {
        return jdbc.sql("""
                        select p.*, r.id as run_id from prune_plan p left join prune_run r on r.plan_id = p.id
                        where p.id = ?""").param(id).query(PlanRows::plan).optional();
    }

    /** Returns the records after a position, in order. */
    List<PlannedRecordView> records(long planId, @Nullable RecordOutcome outcome, int afterPosition, int limit) {
        return jdbc.sql("""
                        select * from prune_plan_record
                        where plan_id = :plan and position > :after and (cast(:outcome as text) is null or outcome = :outcome)
                        order by position limit :limit""")
                .param("plan", planId)
                .param("after", afterPosition)
                .param("outcome", outcome == null ? null : outcome.name())
                .param("limit", limit)
                .query(PlanRows::record)
                .list();
    }

    /**
     * Deletes outdated plans. The age of a plan that was never run counts from its creation, that of another plan from the end of its run.
     */
    int deleteOlderThan(Instant neverRun, Instant run) {
        return jdbc.sql("""
                        delete from prune_plan p using prune_plan q left join prune_run r on r.plan_id = q.id
                        where p.id = q.id and (r.id is null and q.created_at < ? or r.ended_at < ?)""").params(Columns.time(neverRun), Columns.time(run)).update();
    }

    private static PlanView plan(ResultSet row, int number) throws SQLException {
        return new PlanView(
                row.getLong("id"),
                target(row),
                policy(row),
                PolicyMode.valueOf(row.getString("mode")),
                Columns.instant(row, "created_at"),
                row.getString("created_by"),
                new PlanView.Basis(Columns.instant(row, "snapshot_at"), disk(row)),
                terms(row),
                effect(row),
                Columns.longOrNull(row, "run_id"));
    }

    private static PlanView.Target target(ResultSet row) throws SQLException {
        return new PlanView.Target(
                new HostId(row.getLong("host_id")),
                row.getString("host_name"),
                new BuilderId(row.getLong("builder_id")),
                row.getString("engine_id"));
    }

    private static PlanView.Terms terms(ResultSet row) throws SQLException {
        return new PlanView.Terms(
                JsonColumns.rules(row.getString("rules")),
                new LimitPerRun(Columns.sizeOrNull(row, "max_run_bytes"), Columns.integerOrNull(row, "max_run_share")),
                Columns.size(row, "limit_per_run_bytes"),
                Columns.sizeOrNull(row, "approve_above_bytes"),
                JsonColumns.guards(row.getString("guards")));
    }

    private static PlanView.Effect effect(ResultSet row) throws SQLException {
        return new PlanView.Effect(
                Columns.amount(row, "record_count", "total_bytes"),
                JsonColumns.sums(row.getString("by_type"), RecordType::new),
                Columns.amount(row, "kept_count", "kept_bytes"),
                JsonColumns.sums(row.getString("kept_reasons"), code -> code));
    }

    private static @Nullable DiskReading disk(ResultSet row) throws SQLException {
        var takenAt = Columns.instantOrNull(row, "disk_taken_at");
        var total = Columns.sizeOrNull(row, "disk_total_bytes");
        var free = Columns.sizeOrNull(row, "disk_free_bytes");
        if (takenAt == null) {
            return null;
        }
        return total == null || free == null
                ? new DiskReading.Unknown(takenAt, String.valueOf(row.getString("disk_problem")))
                : new DiskReading.Known(takenAt, new DiskSpace(total, free));
    }

    private static @Nullable PolicyVersion policy(ResultSet row) throws SQLException {
        var name = row.getString("policy_name");
        return name == null
                ? null
                : new PolicyVersion(
                        Columns.longOrNull(row, "policy_id"),
                        name,
                        row.getInt("policy_version"),
                        row.getBoolean("draft"));
    }

    private static PlannedRecordView record(ResultSet row, int number) throws SQLException {
        var outcome = row.getString("outcome");
        int rule = row.getInt("rule");
        var reason = row.getString("reason");
        var outcomeReason = row.getString("outcome_reason");
        return new PlannedRecordView(
                row.getInt("position"),
                row.getString("record_id"),
                new RecordType(row.getString("type")),
                row.getString("description"),
                Columns.size(row, "size_bytes"),
                Columns.instantOrNull(row, "last_used_at"),
                row.getLong("usage_count"),
                rule,
                reason == null ? null : StoredReason.read(rule, reason),
                outcome == null ? null : RecordOutcome.valueOf(outcome),
                outcomeReason == null ? null : Columns.fromJson(outcomeReason, OutcomeReason.class),
                Columns.instantOrNull(row, "outcome_at"),
                Columns.sizeOrNull(row, "deleted_bytes"));
    }
}
