package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.steps.StepRules;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The step table. */
@Repository
class StepRows {

    private static final int BATCH = 200;

    private final JdbcTemplate jdbc;

    StepRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Stores the steps of a build and their sums, and replaces the existing ones. */
    void replace(BuildId build, List<BuildStep> steps) {
        jdbc.update("delete from build_step where build_id = ?", build.value());
        jdbc.batchUpdate("""
                insert into build_step (build_id, number, vertex, name, kind, platform, stage, instruction, identity, class,
                    class_reason, state, started_at, completed_at, duration_micros, inputs, transferred_bytes, error, log, log_cut)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", steps, BATCH, (row, step) -> {
            int column = 1;
            row.setLong(column++, build.value());
            row.setInt(column++, step.number());
            row.setString(column++, Columns.text(step.vertex()));
            row.setString(column++, Columns.text(step.name()));
            row.setString(column++, step.kind().name());
            row.setString(column++, Columns.textOrNull(step.platform()));
            row.setString(column++, Columns.textOrNull(step.stage()));
            row.setString(column++, Columns.text(step.text()));
            row.setString(column++, step.identity());
            row.setString(column++, step.stepClass().name());
            row.setString(column++, step.classReason());
            row.setString(column++, step.state().name());
            row.setObject(column++, Columns.timeOrNull(step.startedAt()));
            row.setObject(column++, Columns.timeOrNull(step.completedAt()));
            row.setObject(column++, micros(step.duration()));
            row.setObject(column++, step.inputs().toArray(Integer[]::new));
            row.setLong(column++, step.transferredBytes());
            row.setString(column++, Columns.textOrNull(step.error()));
            row.setString(column++, Columns.text(step.log()));
            row.setBoolean(column, step.logCut());
        });
        jdbc.query("select sum_up(array[?])", row -> {}, build.value());
    }

    List<BuildStep> of(BuildId build) {
        return jdbc.query(
                "select * from build_step where build_id = ? order by number",
                (row, number) -> step(row),
                build.value());
    }

    private static BuildStep step(ResultSet row) throws SQLException {
        var micros = Columns.longOrNull(row, "duration_micros");
        return new BuildStep(
                row.getInt("number"),
                row.getString("vertex"),
                row.getString("name"),
                new BuildStep.Instruction(
                        StepKind.valueOf(row.getString("kind")),
                        row.getString("platform"),
                        row.getString("stage"),
                        row.getString("instruction"),
                        row.getString("identity")),
                new StepRules.Classified(StepClass.valueOf(row.getString("class")), row.getString("class_reason")),
                VertexState.valueOf(row.getString("state")),
                new BuildStep.Times(
                        Columns.instantOrNull(row, "started_at"),
                        Columns.instantOrNull(row, "completed_at"),
                        micros == null ? null : Duration.of(micros, ChronoUnit.MICROS)),
                inputs(row),
                row.getLong("transferred_bytes"),
                new BuildStep.Output(row.getString("error"), row.getString("log"), row.getBoolean("log_cut")));
    }

    private static List<Integer> inputs(ResultSet row) throws SQLException {
        return Arrays.asList(
                (Integer[]) Objects.requireNonNull(row.getArray("inputs")).getArray());
    }

    static @Nullable Long micros(@Nullable Duration duration) {
        return duration == null ? null : TimeUnit.MICROSECONDS.convert(duration);
    }
}
