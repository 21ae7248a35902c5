package dev.cachewarden.analytics.steps;

import dev.cachewarden.analytics.steps.StepReport.Figures;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.store.FilterSql;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/**
 * Queries for one step in the tables of builds and steps. They find steps through their builds: an index contains the identities of each
 * build.
 */
@Repository
class LookupRows {

    private static final String LATEST_FIRST = " order by b.started_at desc, b.id desc, s.number desc ";

    private static final String[] CACHEABLE = Arrays.stream(StepKind.values())
            .filter(StepKind::cacheable)
            .map(StepKind::name)
            .toArray(String[]::new);

    private final JdbcClient jdbc;

    LookupRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A step in one build.
     *
     * @param first whether the step was the first miss, for which the cause is stored
     * @param cause cause of the miss; empty unless the step was the first miss
     * @param compared whether the build was compared with another one
     */
    record Row(
            BuildId build,
            BuildState buildState,
            Instant startedAt,
            int step,
            VertexState state,
            @Nullable Duration duration,
            boolean first,
            String cause,
            boolean compared) {

        boolean missed() {
            return Lookup.missed(state);
        }
    }

    /** A position in the list. */
    record Place(Instant startedAt, long build, int step) {}

    /**
     * A step in a build.
     *
     * @param step number of the step in the build
     */
    record InBuild(BuildId build, int step) {}

    /** A build with this step as its first miss. */
    record FirstMiss(BuildId build, int step, String cause) {}

    /** Returns the step as the latest build contains it. */
    Optional<LookedUpStep> last(BuildFilter filter, String identity) {
        return select("s.*, b.project", filter, identity, "true", LATEST_FIRST + "limit 1")
                .query((row, number) -> new LookedUpStep(
                        row.getString("project"),
                        row.getString("identity"),
                        StepKind.valueOf(row.getString("kind")),
                        row.getString("platform"),
                        row.getString("stage"),
                        row.getString("instruction"),
                        StepClass.valueOf(row.getString("class")),
                        row.getString("class_reason"),
                        new BuildId(row.getLong("build_id"))))
                .optional();
    }

    Figures figures(BuildFilter filter, String identity) {
        return select("""
                        count(*) filter (where s.state = 'CACHED') hits, count(*) lookups,
                        count(duration_micros) filter (where s.state = 'DONE') runs,
                        percentile_cont(0.5) within group (order by duration_micros) filter (where s.state = 'DONE') p50,
                        percentile_cont(0.95) within group (order by duration_micros) filter (where s.state = 'DONE') p95,
                        coalesce(sum(duration_micros) filter (where s.state = 'DONE'), 0) missed""", filter, identity, "b.state = 'DONE' and s.state in ('CACHED', 'DONE')", "")
                .query((row, number) -> new Figures(
                        new HitRate(row.getInt("hits"), row.getInt("lookups")),
                        row.getInt("runs"),
                        micros(row, "p50"),
                        micros(row, "p95"),
                        Duration.of(row.getLong("missed"), ChronoUnit.MICROS)))
                .single();
    }

    /** Returns the step in the latest build with a host that ended and that has a result of the step. */
    Optional<InBuild> lastOnBuilder(BuildFilter filter, String identity) {
        return select(
                        "b.id, s.number",
                        filter,
                        identity,
                        "b.builder_id is not null and b.state <> 'RUNNING' and s.state in ('CACHED', 'DONE')",
                        LATEST_FIRST + "limit 1")
                .query((row, number) -> new InBuild(new BuildId(row.getLong("id")), row.getInt("number")))
                .optional();
    }

    Optional<FirstMiss> lastFirstMiss(BuildFilter filter, String identity) {
        return select(
                        "b.id, s.number, b.miss_text",
                        filter,
                        identity,
                        "b.missed_step = s.number",
                        LATEST_FIRST + "limit 1")
                .query((row, number) ->
                        new FirstMiss(new BuildId(row.getLong("id")), row.getInt("number"), row.getString("miss_text")))
                .optional();
    }

    /**
     * Lists the step in builds, latest first.
     *
     * @param after position after which the list starts, or null for the start of the list
     */
    List<Row> list(BuildFilter filter, String identity, @Nullable Place after, int limit) {
        String place = after == null ? "true" : "(b.started_at, b.id, s.number) < (:started, :build, :step)";
        var statement = select(
                        "b.id, b.state build_state, b.started_at began, b.missed_step, b.miss_text, b.scenario, s.number, s.state,"
                                + " s.duration_micros",
                        filter,
                        identity,
                        place,
                        LATEST_FIRST + "limit :limit")
                .param("limit", limit);
        if (after != null) {
            statement = statement
                    .param("started", Columns.time(after.startedAt()))
                    .param("build", after.build())
                    .param("step", after.step());
        }
        return statement.query((row, number) -> row(row)).list();
    }

    private static Row row(ResultSet row) throws SQLException {
        var missed = Columns.integerOrNull(row, "missed_step");
        boolean first = missed != null && missed == row.getInt("number");
        return new Row(
                new BuildId(row.getLong("id")),
                BuildState.valueOf(row.getString("build_state")),
                Columns.instant(row, "began"),
                row.getInt("number"),
                VertexState.valueOf(row.getString("state")),
                micros(row, "duration_micros"),
                first,
                first ? row.getString("miss_text") : "",
                row.getString("scenario") != null);
    }

    /** Returns all steps of some builds, with only the data that chains of misses need. */
    Map<BuildId, List<MissChain.Step>> steps(Collection<BuildId> builds) {
        var steps = new HashMap<BuildId, List<MissChain.Step>>();
        jdbc.sql(
                        "select build_id, number, kind, state, inputs from build_step where build_id = any(:builds) order by build_id, number")
                .param("builds", builds.stream().map(BuildId::value).toArray(Long[]::new))
                .query((row, number) -> Map.entry(new BuildId(row.getLong("build_id")), inChain(row)))
                .list()
                .forEach(step -> steps.computeIfAbsent(step.getKey(), any -> new ArrayList<>())
                        .add(step.getValue()));
        return steps;
    }

    private static MissChain.Step inChain(ResultSet row) throws SQLException {
        var inputs = (Integer[]) Objects.requireNonNull(row.getArray("inputs")).getArray();
        boolean missed = StepKind.valueOf(row.getString("kind")).cacheable()
                && Lookup.missed(VertexState.valueOf(row.getString("state")));
        return new MissChain.Step(row.getInt("number"), missed, Arrays.asList(inputs));
    }

    private StatementSpec select(String columns, BuildFilter filter, String identity, String condition, String tail) {
        var where = FilterSql.of(filter);
        return where.bind(jdbc.sql("select " + columns + " from build b join build_step s on s.build_id = b.id where "
                        + where.condition() + " and s.identity = :identity and s.kind = any(:cacheable) and "
                        + condition + tail))
                .param("identity", Columns.text(identity))
                .param("cacheable", CACHEABLE);
    }

    private static @Nullable Duration micros(ResultSet row, String column) throws SQLException {
        double micros = row.getDouble(column);
        return row.wasNull() ? null : Duration.of(Math.round(micros), ChronoUnit.MICROS);
    }
}
