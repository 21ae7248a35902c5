package dev.cachewarden.run.store;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.PlanView.PolicyVersion;
import dev.cachewarden.plan.PlanView.Target;
import dev.cachewarden.run.DeletionMethod;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.RunView.By;
import dev.cachewarden.run.execution.RunStates;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The mapping of rows to runs. */
final class RunViews {

    private RunViews() {}

    static RunView run(ResultSet row, int number) throws SQLException {
        return new RunView(
                row.getLong("id"),
                new Target(
                        new HostId(row.getLong("host_id")),
                        row.getString("host_name"),
                        new BuilderId(row.getLong("builder_id")),
                        row.getString("engine_id")),
                new RunView.Plan(row.getLong("plan_id"), policy(row), amount(row, "record_count", "total_bytes")),
                RunState.valueOf(row.getString("state")),
                new RunView.Request(
                        RunTrigger.valueOf(row.getString("trigger")),
                        requested(row),
                        Columns.instant(row, "start_at"),
                        RunStates.by(row, "approved", "approved_at"),
                        Columns.longOrNull(row, "group_id")),
                course(row),
                result(row));
    }

    private static RunView.Course course(ResultSet row) throws SQLException {
        var method = row.getString("method");
        return new RunView.Course(
                RunStates.by(row, "canceled", "cancel_requested_at"),
                Columns.instantOrNull(row, "waiting_since"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "ended_at"),
                method == null ? null : DeletionMethod.valueOf(method),
                RunStates.notes(row));
    }

    private static RunView.Result result(ResultSet row) throws SQLException {
        return new RunView.Result(
                amount(row, "deleted_count", "deleted_bytes"),
                amount(row, "skipped_count", "skipped_bytes"),
                amount(row, "failed_count", "failed_bytes"),
                Columns.sizeOrNull(row, "reported_bytes"),
                Columns.sizeOrNull(row, "cache_before_bytes"),
                Columns.sizeOrNull(row, "cache_after_bytes"),
                Columns.sizeOrNull(row, "disk_free_before_bytes"),
                Columns.sizeOrNull(row, "disk_free_after_bytes"));
    }

    private static Amount amount(ResultSet row, String count, String bytes) throws SQLException {
        return Columns.amount(row, count, bytes);
    }

    static By requested(ResultSet row) throws SQLException {
        return Objects.requireNonNull(RunStates.by(row, "requested", "requested_at"));
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
}
