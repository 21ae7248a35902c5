package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildComparison;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildOutline;
import dev.cachewarden.build.BuildSource;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.BuildView.EngineCount;
import dev.cachewarden.build.ProjectName;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.analysis.MissCause;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The mapping from rows of the build table to builds. */
final class BuildColumns {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private BuildColumns() {}

    static BuildView view(ResultSet row) throws SQLException {
        var builder = Columns.longOrNull(row, "builder_id");
        var millis = Columns.longOrNull(row, "duration_millis");
        return new BuildView(
                new BuildId(row.getLong("id")),
                new BuildView.Origin(
                        BuildSource.valueOf(row.getString("source")),
                        builder == null ? null : new BuilderId(builder),
                        row.getString("ref")),
                outline(row),
                BuildState.valueOf(row.getString("state")),
                row.getString("error"),
                new BuildView.Times(
                        Columns.instant(row, "started_at"),
                        Columns.instantOrNull(row, "ended_at"),
                        millis == null ? null : Duration.ofMillis(millis)),
                counted(row),
                new BuildView.Figures(
                        row.getInt("steps"),
                        new HitRate(row.getInt("hits"), row.getInt("lookups")),
                        row.getLong("transferred_bytes"),
                        row.getLong("pulled_bytes"),
                        texts(row, "gaps"),
                        row.getObject("steps_read_at") != null),
                comparison(row));
    }

    private static BuildOutline outline(ResultSet row) throws SQLException {
        return new BuildOutline(
                new ProjectName(row.getString("project"), ProjectName.Known.valueOf(row.getString("project_known_by"))),
                row.getString("branch"),
                row.getString("revision"),
                row.getString("label"),
                row.getString("dockerfile"),
                row.getString("target"),
                texts(row, "platforms"),
                row.getBoolean("no_cache"),
                Columns.fromJson(row.getString("arguments"), TEXTS));
    }

    private static @Nullable EngineCount counted(ResultSet row) throws SQLException {
        var steps = Columns.integerOrNull(row, "engine_steps");
        return steps == null
                ? null
                : new EngineCount(steps, row.getInt("engine_completed"), row.getInt("engine_cached"));
    }

    private static @Nullable BuildComparison comparison(ResultSet row) throws SQLException {
        String scenario = row.getString("scenario");
        if (scenario == null) {
            return null;
        }
        var with = Columns.longOrNull(row, "compared_with");
        var step = Columns.integerOrNull(row, "missed_step");
        var saved = Columns.longOrNull(row, "saved_millis");
        return new BuildComparison(
                Scenario.valueOf(scenario),
                row.getString("scenario_reason"),
                with == null ? null : new BuildId(with),
                step == null
                        ? null
                        : new BuildComparison.Miss(
                                step,
                                row.getString("missed_instruction"),
                                MissCause.Kind.valueOf(row.getString("miss_cause")),
                                row.getString("miss_text"),
                                row.getInt("cascade_steps"),
                                Duration.ofMillis(row.getLong("cascade_millis")),
                                Columns.longOrNull(row, "miss_run_id")),
                saved == null ? null : Duration.ofMillis(saved));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) Objects.requireNonNull(row.getArray(column)).getArray());
    }
}
