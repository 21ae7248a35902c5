package dev.cachewarden.analytics;

import dev.cachewarden.analytics.PruneEffect.MissedBuild;
import dev.cachewarden.analytics.PruneEffect.MissedBuilds;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildId;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.analysis.ContextGrowth;
import dev.cachewarden.build.analysis.ContextGrowth.Sent;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.analysis.ScenarioTable;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.store.FilterSql;
import dev.cachewarden.build.store.LookupSql;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Aggregates of successful builds. In a failed build, "cached" may mean that a step was no longer needed. Internal steps of BuildKit, base
 * images, exports, and cache imports are no lookups.
 */
@Repository
public class BuildAnalytics {

    private static final String P50 =
            "percentile_cont(0.5) within group (order by duration_millis)" + " filter (where state = 'DONE') p50";
    private static final String P95 =
            "percentile_cont(0.95) within group (order by duration_millis)" + " filter (where state = 'DONE') p95";
    private static final String RATE = "coalesce(sum(hits) filter (where state = 'DONE'), 0) hits,"
            + " coalesce(sum(lookups) filter (where state = 'DONE'), 0) lookups";
    private static final String OF_THE_SAME = " and b.project = any(array(select project from missed))";

    /** The number of latest builds to search for growth. It is enough for the builds before the growth and for some after it. */
    private static final int LOOKED_AT = 2 * ContextGrowth.MOST_BEFORE;

    private final JdbcClient jdbc;
    private final WorkSums work;

    BuildAnalytics(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.work = new WorkSums(jdbc);
    }

    /** Returns the totals of all builds of a filter. */
    public Totals totals(BuildFilter filter) {
        var where = FilterSql.of(filter);
        return where.bind(jdbc.sql("""
                        select count(*) filter (where state <> 'RUNNING') builds,
                            count(*) filter (where state in ('FAILED', 'CANCELED')) failed, %s, %s, %s,
                            sum(saved_millis)::double precision saved
                        from build b where %s""".formatted(RATE, P50, P95, where.condition())))
                .query((row, number) -> new Totals(
                        row.getInt("builds"),
                        row.getInt("failed"),
                        rate(row),
                        millis(row, "p50"),
                        millis(row, "p95"),
                        millis(row, "saved")))
                .single();
    }

    /**
     * Returns figures over time, oldest first. Spans without builds are left out.
     *
     * @param points number of spans of equal length, at least 1
     */
    public List<Span> overTime(BuildFilter filter, Instant from, Instant until, int points) {
        var length = Duration.between(from, until).dividedBy(points);
        var where = FilterSql.of(filter);
        return where.bind(jdbc.sql("""
                        select date_bin(make_interval(secs => :seconds), started_at, :origin) span, count(*) builds, %s, %s, %s,
                            coalesce(sum(transferred_bytes), 0) transferred
                        from build b where state <> 'RUNNING' and started_at >= :origin and started_at < :end and %s
                        group by 1 order by 1""".formatted(RATE, P50, P95, where.condition())))
                .param("seconds", Math.max(1, length.toMillis()) / 1000.0)
                .param("origin", Columns.time(from))
                .param("end", Columns.time(until))
                .query((row, number) -> new Span(
                        Columns.instant(row, "span"),
                        row.getInt("builds"),
                        rate(row),
                        millis(row, "p50"),
                        millis(row, "p95"),
                        row.getLong("transferred")))
                .list();
    }

    /** Returns hit rates by class of steps, most lookups first. */
    public List<ClassRate> byClass(BuildFilter filter) {
        var where = FilterSql.of(filter);
        return where.bind(jdbc.sql("""
                        select class, sum(s.hits) hits, sum(s.hits + s.misses) lookups, sum(s.missed_micros) missed
                        from build b join build_class_sums s on s.build_id = b.id where b.state = 'DONE' and %s
                        group by class order by 3 desc, 1""".formatted(where.condition())))
                .query((row, number) ->
                        new ClassRate(StepClass.valueOf(row.getString("class")), rate(row), micros(row, "missed")))
                .list();
    }

    /** Returns the steps with the highest miss costs, highest first. */
    public List<CostlyStep> costliestMisses(BuildFilter filter, int limit) {
        var where = FilterSql.of(filter);
        return where.bind(jdbc.sql("""
                        with missed as (
                            select s.identity, b.project, count(*) misses, sum(s.duration_micros) missed, max(b.id) last_miss
                            from build b join build_step s on s.build_id = b.id where %s and %s
                            group by s.identity, b.project having sum(s.duration_micros) > 0
                            order by missed desc, s.identity, b.project limit :limit),
                        looked_up as (
                            select identity, place project, sum(builds)::bigint lookups
                            from (%s) step
                            group by identity, place)
                        select missed.*, looked_up.lookups, looked_up.lookups - misses hits, s.stage, s.instruction, s.class,
                            case when b.missed_step = s.number then b.miss_text end cause
                        from missed join looked_up using (identity, project) join build b on b.id = last_miss
                            join lateral (select * from build_step one where one.build_id = last_miss
                                and one.identity = missed.identity order by number limit 1) s on true
                        order by missed desc, identity, missed.project""".formatted(
                                LookupSql.MISSED,
                                where.condition(),
                                LookupSql.steps("project", where.condition() + OF_THE_SAME))))
                .param("limit", limit)
                .query((row, number) -> new CostlyStep(
                        row.getString("identity"),
                        row.getString("project"),
                        row.getString("stage"),
                        row.getString("instruction"),
                        StepClass.valueOf(row.getString("class")),
                        rate(row),
                        micros(row, "missed"),
                        new BuildId(row.getLong("last_miss")),
                        row.getString("cause")))
                .list();
    }

    /** Returns hit rates by project, most builds first. */
    public List<ProjectRate> byProject(BuildFilter filter, int limit) {
        var where = FilterSql.of(filter);
        return where.bind(jdbc.sql("""
                        select project, count(*) builds, %s, %s, max(started_at) last_built
                        from build b where %s group by project order by builds desc, project limit :limit""".formatted(RATE, P50, where.condition())))
                .param("limit", limit)
                .query((row, number) -> new ProjectRate(
                        row.getString("project"),
                        row.getInt("builds"),
                        rate(row),
                        millis(row, "p50"),
                        Columns.instant(row, "last_built")))
                .list();
    }

    /** Returns the accumulated time of steps by kind, longest first. */
    public List<KindTime> byKind(BuildFilter filter) {
        var where = FilterSql.of(filter);
        return where.bind(jdbc.sql("""
                        select kind, count(*) steps, coalesce(sum(duration_micros), 0) spent
                        from build b join build_step s on s.build_id = b.id where b.state = 'DONE' and %s
                        group by kind order by spent desc, kind""".formatted(where.condition())))
                .query((row, number) -> new KindTime(
                        StepKind.valueOf(row.getString("kind")), row.getInt("steps"), micros(row, "spent")))
                .list();
    }

    /** Returns the time of builds by kind of work, including their idle time. */
    public WorkTimes workTimes(BuildFilter filter) {
        return work.of(filter);
    }

    /** Returns the branches of builds, those with the latest builds first. */
    public List<String> branches(BuildFilter filter, int limit) {
        var where = FilterSql.of(filter);
        return where.bind(jdbc.sql("""
                        select branch from build b where branch is not null and %s
                        group by branch order by max(started_at) desc, branch limit :limit""".formatted(where.condition())))
                .param("limit", limit)
                .query((row, number) -> row.getString("branch"))
                .list();
    }

    /** Returns cache imports and cache exports, imports first. No hit rate counts them. Kinds without a step are left out. */
    public List<CacheTransfer> cacheTransfers(BuildFilter filter) {
        var where = FilterSql.of(filter);
        return where.bind(jdbc.sql("""
                        select kind, count(*) filter (where s.state <> 'FAILED') done, count(*) filter (where s.state = 'FAILED') failed,
                            percentile_cont(0.5) within group (order by duration_micros) / 1000 p50,
                            coalesce(sum(duration_micros), 0) spent
                        from build b join build_step s on s.build_id = b.id
                        where b.state = 'DONE' and kind in ('CACHE_IMPORT', 'CACHE_EXPORT') and s.state in ('CACHED', 'DONE', 'FAILED')
                            and %s
                        group by kind order by kind desc""".formatted(where.condition())))
                .query((row, number) -> new CacheTransfer(
                        StepKind.valueOf(row.getString("kind")),
                        row.getInt("done"),
                        row.getInt("failed"),
                        millis(row, "p50"),
                        micros(row, "spent")))
                .list();
    }

    /** Returns hit rates by builder, ordered by ID. Builds that were uploaded without a host are left out. */
    public List<BuilderRate> byBuilder(BuildFilter filter) {
        var where = FilterSql.of(filter);
        return where.bind(jdbc.sql("""
                        select builder_id, count(*) builds, %s, %s from build b
                        where state = 'DONE' and builder_id is not null and %s group by builder_id order by builder_id""".formatted(RATE, P50, where.condition())))
                .query((row, number) -> new BuilderRate(
                        new BuilderId(row.getLong("builder_id")), row.getInt("builds"), rate(row), millis(row, "p50")))
                .list();
    }

    /** Returns the context transfers of the latest successful builds, oldest first. */
    public List<Sent> sent(BuildFilter filter, int limit) {
        var where = FilterSql.of(filter);
        return where.bind(jdbc.sql("""
                        select id, started_at, transferred_bytes from build b
                        where state = 'DONE' and steps > 0 and %s order by started_at desc, id desc limit :limit""".formatted(where.condition())))
                .param("limit", limit)
                .query((row, number) -> new Sent(
                        row.getLong("id"), Columns.instant(row, "started_at"), row.getLong("transferred_bytes")))
                .list()
                .reversed();
    }

    /** Returns the growth of the build context, or empty if it did not grow. The filter must select one project. */
    public Optional<ContextGrowth> growth(BuildFilter filter) {
        return ContextGrowth.of(sent(filter, LOOKED_AT));
    }

    /** Returns the growth of the build context up to this build, or empty if this build is not one of those that sent more. */
    public Optional<ContextGrowth> growthAt(BuildView build) {
        if (build.state() != BuildState.DONE) {
            return Optional.empty();
        }
        // The database stores times in microseconds.
        var until = build.startedAt().plus(1, ChronoUnit.MICROS);
        var sent = sent(BuildFilter.ofProject(build.project()).within(null, until), LOOKED_AT);
        return ContextGrowth.of(sent).filter(growth -> build.transferredBytes() > growth.before());
    }

    /** Returns the builds whose first miss was due to a record that a run had deleted. */
    public MissedBuilds missedBuilds(long runId, int limit) {
        var latest = jdbc.sql("""
                        select id, project, started_at, miss_text, cascade_millis from build
                        where miss_run_id = ? order by started_at desc, id desc limit ?""")
                .params(runId, limit)
                .query((row, number) -> new MissedBuild(
                        new BuildId(row.getLong("id")),
                        row.getString("project"),
                        Columns.instant(row, "started_at"),
                        row.getString("miss_text"),
                        Duration.ofMillis(row.getLong("cascade_millis"))))
                .list();
        return jdbc.sql(
                        "select count(*) builds, coalesce(sum(cascade_millis), 0) cost from build where miss_run_id = ?")
                .param(runId)
                .query((row, number) ->
                        new MissedBuilds(row.getInt("builds"), Duration.ofMillis(row.getLong("cost")), latest))
                .single();
    }

    /**
     * Returns the durations of builds by scenario.
     *
     * @param split builds that started before this time are compared with all others; or null if all builds are one group
     */
    public ScenarioTable scenarios(BuildFilter filter, @Nullable Instant split) {
        var where = FilterSql.of(filter);
        var timed = where.bind(jdbc.sql("""
                        select scenario, started_at, duration_millis from build b
                        where state = 'DONE' and scenario is not null and duration_millis is not null and %s
                        order by started_at desc limit 20000""".formatted(where.condition())))
                .query((row, number) -> new ScenarioTable.Entry(
                        Scenario.valueOf(row.getString("scenario")),
                        Columns.instant(row, "started_at"),
                        Duration.ofMillis(row.getLong("duration_millis"))))
                .list();
        return ScenarioTable.of(timed, split);
    }

    private static HitRate rate(ResultSet row) throws SQLException {
        return new HitRate(row.getInt("hits"), row.getInt("lookups"));
    }

    private static @Nullable Duration millis(ResultSet row, String column) throws SQLException {
        double millis = row.getDouble(column);
        return row.wasNull() ? null : Duration.ofMillis(Math.round(millis));
    }

    private static Duration micros(ResultSet row, String column) throws SQLException {
        return Duration.of(row.getLong(column), ChronoUnit.MICROS);
    }

    /**
     * The cache imports or the cache exports.
     *
     * @param kind {@code CACHE_IMPORT} or {@code CACHE_EXPORT}
     * @param done number of successful steps; an import is successful if it found a cache
     * @param failed number of failed steps; a build continues without a cache that it cannot import
     * @param p50 median duration, or null if no step has a duration
     * @param time accumulated time of all steps
     */
    public record CacheTransfer(
            StepKind kind, int done, int failed, @Nullable Duration p50, Duration time) {}

    /**
     * The successful builds of one builder.
     *
     * @param p50 median duration, or null if no build has a duration
     */
    public record BuilderRate(
            BuilderId builder,
            int builds,
            HitRate hitRate,
            @Nullable Duration p50) {}

    /**
     * The totals of all builds of a filter.
     *
     * @param builds number of builds that ended, including failed ones
     * @param failed number of builds that failed or were canceled
     * @param p50 median duration, or null if no build has a duration
     * @param p95 95th percentile of the duration, or null if no build has a duration
     * @param saved estimated time saved by the cache, or null if the rebuild time of no cached step is known
     */
    public record Totals(
            int builds,
            int failed,
            HitRate hitRate,
            @Nullable Duration p50,
            @Nullable Duration p95,
            @Nullable Duration saved) {}

    /**
     * The builds that started within a span of time.
     *
     * @param p50 median duration, or null if no build has a duration
     * @param p95 95th percentile of the duration, or null if no build has a duration
     */
    public record Span(
            Instant from,
            int builds,
            HitRate hitRate,
            @Nullable Duration p50,
            @Nullable Duration p95,
            long transferredBytes) {}

    /**
     * The steps of one class.
     *
     * @param missed accumulated time of the steps that missed
     */
    public record ClassRate(StepClass stepClass, HitRate hitRate, Duration missed) {}

    /**
     * A step across builds.
     *
     * @param text instruction of the step, from its latest miss
     * @param missed accumulated time of the misses of the step
     * @param lastMiss latest build with a miss of the step
     * @param cause reason why the step missed in that build, or null if it was not the first miss there or the reason is unknown
     */
    public record CostlyStep(
            String identity,
            String project,
            @Nullable String stage,
            String text,
            StepClass stepClass,
            HitRate hitRate,
            Duration missed,
            BuildId lastMiss,
            @Nullable String cause) {}

    /**
     * The builds of one project.
     *
     * @param p50 median duration, or null if no build has a duration
     */
    public record ProjectRate(
            String project,
            int builds,
            HitRate hitRate,
            @Nullable Duration p50,
            Instant lastBuilt) {}

    /** The steps of one kind. */
    public record KindTime(StepKind kind, int steps, Duration time) {}
}
