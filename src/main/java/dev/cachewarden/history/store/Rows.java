package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.RecordLife.DeletionCause;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.BuilderId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads rows of the history's tables. */
final class Rows {

    /** The columns for a {@link RecordLife}. */
    static final String LIFE = RecordColumns.OF_ROW
            + ", r.builder_id, r.first_seen_at, r.changed_at, r.missing_since, r.deletion_cause, r.deleted_by_run_id";

    /** The columns of {@code usage_sample} for a {@link UsageSample}. */
    static final String SAMPLE = "s.builder_id, s.resolution_seconds, s.taken_at, s.by_type, s.max_total_bytes";

    private Rows() {}

    static RecordLife life(ResultSet row) throws SQLException {
        var missingSince = timeOrNull(row, "missing_since");
        String cause = row.getString("deletion_cause");
        return new RecordLife(
                new BuilderId(row.getLong("builder_id")),
                RecordColumns.read(row),
                time(row, "first_seen_at"),
                time(row, "changed_at"),
                missingSince,
                cause == null ? null : DeletionCause.valueOf(cause),
                // Until a reading confirms the deletion, the run has only reported it.
                missingSince == null ? null : row.getObject("deleted_by_run_id", Long.class));
    }

    static UsageSample sample(ResultSet row) throws SQLException {
        return new UsageSample(
                new BuilderId(row.getLong("builder_id")),
                time(row, "taken_at"),
                Duration.ofSeconds(row.getLong("resolution_seconds")),
                UsageJson.read(text(row, "by_type")),
                new ByteSize(row.getLong("max_total_bytes")));
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(timeOrNull(row, column), column);
    }

    static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Returns a time in the type that the driver accepts. */
    static OffsetDateTime parameter(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
