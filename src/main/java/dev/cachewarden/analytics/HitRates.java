package dev.cachewarden.analytics;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.store.FilterSql;
import dev.cachewarden.build.store.LookupSql;
import dev.cachewarden.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The hit rates of successful builds by a grouping. Lookups are counted as in {@link HitRate}. */
@Repository
public class HitRates {

    private static final String LOOKUPS_OF_STEPS = "count(*) filter (where s.state = 'CACHED') hits, count(*) lookups"
            + " from build b join build_step s on s.build_id = b.id";
    private static final String LOOKUPS_OF_CLASSES =
            "sum(s.hits) hits, sum(s.hits + s.misses) lookups from build b join build_class_sums s on s.build_id = b.id";
    private static final String LOOKUPS_OF_BUILDS = "sum(b.hits) hits, sum(b.lookups) lookups from build b";

    private final JdbcClient jdbc;

    HitRates(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Returns the rates of the groups with the most lookups. Among groups with equal lookups, those with the longest misses come first.
     */
    public Rates by(RateBy by, BuildFilter filter, int limit) {
        var where = FilterSql.of(filter);
        var groups = new ArrayList<Integer>();
        var rates = where.bind(jdbc.sql(rates(by, where.condition())))
                .param("limit", limit)
                .query((row, number) -> {
                    groups.add(row.getInt("groups"));
                    return rate(by, row);
                })
                .list();
        return new Rates(rates, groups.isEmpty() ? 0 : groups.getFirst());
    }

    private static String rates(RateBy by, String condition) {
        return switch (by) {
            case CLASS -> ofClasses(condition);
            case STEP -> ofSteps(condition);
            case PROJECT, BUILDER, BRANCH -> ofBuilds(key(by), condition);
        };
    }

    private static String key(RateBy by) {
        return switch (by) {
            case CLASS -> "s.class";
            case STEP -> "s.identity";
            case PROJECT -> "b.project";
            case BUILDER -> "b.builder_id::text";
            case BRANCH -> "b.branch";
        };
    }

    private static String ofClasses(String condition) {
        return """
                select s.class key, null project, count(*) builds, sum(s.missed_micros) missed, count(*) over () groups, %s
                where b.state = 'DONE' and %s group by s.class order by lookups desc, missed desc, key limit :limit""".formatted(LOOKUPS_OF_CLASSES, condition);
    }

    /** Returns the query for steps. Each build contains a step at most once. */
    private static String ofSteps(String condition) {
        return """
                with looked_up as materialized (
                    select identity, place project, sum(builds)::bigint lookups, max(last_build) latest
                    from (%s) step group by identity, place),
                missed as materialized (
                    select s.identity, b.project, count(*) misses, sum(s.duration_micros) missed
                    from build b join build_step s on s.build_id = b.id where %s and %s
                    group by s.identity, b.project),
                step as (
                    select identity key, project, lookups builds, latest, count(*) over () groups,
                        lookups - coalesce(misses, 0) hits, lookups, coalesce(missed, 0) missed
                    from looked_up left join missed using (identity, project)
                    order by lookups desc, missed desc, key, project limit :limit)
                select step.*, text_of.instruction, text_of.stage, text_of.class
                from step join lateral (select * from build_step s where s.build_id = step.latest and s.identity = step.key
                    order by s.number limit 1) text_of on true
                order by lookups desc, missed desc, key, project""".formatted(LookupSql.steps("project", condition), LookupSql.MISSED, condition);
    }

    private static String ofBuilds(String key, String condition) {
        return """
                select %s key, null project, count(*) builds, sum(b.hits) hits, sum(b.lookups) lookups,
                    coalesce(sum(missed), 0) missed, count(*) over () groups
                from build b cross join lateral (select sum(s.missed_micros) missed from build_class_sums s where s.build_id = b.id) took
                where b.state = 'DONE' and %s group by 1 order by lookups desc, missed desc, key limit :limit""".formatted(key, condition);
    }

    private static Rate rate(RateBy by, ResultSet row) throws SQLException {
        return new Rate(
                new Group(row.getString("key"), row.getString("project")),
                by == RateBy.STEP
                        ? new Step(
                                row.getString("instruction"),
                                row.getString("stage"),
                                StepClass.valueOf(row.getString("class")))
                        : null,
                row.getInt("builds"),
                hitRate(row),
                Duration.of(row.getLong("missed"), ChronoUnit.MICROS));
    }

    private static HitRate hitRate(ResultSet row) throws SQLException {
        return new HitRate(row.getInt("hits"), row.getInt("lookups"));
    }

    /**
     * A point of a line.
     *
     * @param line index of the group
     */
    private record Placed(int line, Point point) {}

    /**
     * Returns the rates over time.
     *
     * @param groups groups from {@link #by}; the result has one line for each, in this order
     * @param points number of spans of equal length, at least 1
     */
    public List<Line> overTime(
            RateBy by, List<Group> groups, BuildFilter filter, Instant from, Instant until, int points) {
        var lines = new ArrayList<List<Point>>();
        groups.forEach(group -> lines.add(new ArrayList<>()));
        placed(by, groups, filter, from, until, points)
                .forEach(placed -> lines.get(placed.line()).add(placed.point()));
        var reported = new ArrayList<Line>();
        for (int i = 0; i < groups.size(); i++) {
            reported.add(new Line(groups.get(i), lines.get(i)));
        }
        return reported;
    }

    private List<Placed> placed(
            RateBy by, List<Group> groups, BuildFilter filter, Instant from, Instant until, int points) {
        var where = FilterSql.of(filter);
        var length = Duration.between(from, until).dividedBy(points);
        return where.bind(jdbc.sql(overTime(by, where.condition())))
                .param("keys", groups.stream().map(Group::key).toArray(String[]::new))
                .param("projects", groups.stream().map(Group::project).toArray(String[]::new))
                .param("seconds", Math.max(1, length.toMillis()) / 1000.0)
                .param("origin", Columns.time(from))
                .param("end", Columns.time(until))
                .query((row, number) ->
                        new Placed(row.getInt("line") - 1, new Point(Columns.instant(row, "span"), hitRate(row))))
                .list();
    }

    private static String overTime(RateBy by, String condition) {
        return """
                select chosen.line, date_bin(make_interval(secs => :seconds), b.started_at, :origin) span, %s
                    join unnest(cast(:keys as text[]), cast(:projects as text[])) with ordinality chosen (key, project, line) on %s
                where %s and b.lookups > 0 and b.started_at >= :origin and b.started_at < :end and %s
                group by chosen.line, span order by chosen.line, span""".formatted(
                        lookups(by), chosen(by), by == RateBy.STEP ? LookupSql.COUNTED : "b.state = 'DONE'", condition);
    }

    private static String lookups(RateBy by) {
        return switch (by) {
            case CLASS -> LOOKUPS_OF_CLASSES;
            case STEP -> LOOKUPS_OF_STEPS;
            case PROJECT, BUILDER, BRANCH -> LOOKUPS_OF_BUILDS;
        };
    }

    private static String chosen(RateBy by) {
        return switch (by) {
            case CLASS -> "s.class = chosen.key";
            case STEP -> "s.identity = chosen.key and b.project = chosen.project";
            // These keys can be null, and the unknown ones are a group as well.
            case PROJECT, BUILDER, BRANCH -> key(by) + " is not distinct from chosen.key";
        };
    }

    /**
     * A group of lookups.
     *
     * @param key name of the class, identity of the step, project, ID of the builder, or branch; or null if the build was uploaded without
     *     a host, or its branch is unknown
     * @param project project of a step, or null for other groupings
     */
    public record Group(@Nullable String key, @Nullable String project) {}

    /**
     * A step as it was last seen.
     *
     * @param text instruction of the step
     * @param stage stage of the step, or null if there is only one
     */
    public record Step(String text, @Nullable String stage, StepClass stepClass) {}

    /**
     * The hit rate of one group.
     *
     * @param step step of the group, or null for other groupings
     * @param builds number of builds with lookups for classes and steps, otherwise of all successful builds
     * @param missed accumulated time of the steps that missed
     */
    public record Rate(Group group, @Nullable Step step, int builds, HitRate hitRate, Duration missed) {}

    /**
     * The rates of the first groups.
     *
     * @param groups number of all groups
     */
    public record Rates(List<Rate> rates, int groups) {
        public Rates {
            rates = List.copyOf(rates);
        }
    }

    /**
     * One group over time.
     *
     * @param points points, oldest first; spans without lookups are left out
     */
    public record Line(Group group, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /** The lookups of builds that started within a span of time. */
    public record Point(Instant from, HitRate hitRate) {}
}
