package dev.cachewarden.build.analytics;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.analysis.WorkKind;
import dev.cachewarden.build.analytics.WorkTimes.Work;
import dev.cachewarden.build.step.StepKind;
import dev.cachewarden.build.store.FilterSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds up where the time of builds went, in the database. It counts as {@link dev.cachewarden.build.analysis.BuildTimes} does, which tests hold
 * it against.
 */
final class WorkSums {

    /** Sorted by bytes: no language's order is wanted, and each takes longer. */
    private static final String WORK = Arrays.stream(StepKind.values())
            .map(kind -> "when '" + kind + "' then '" + WorkKind.of(kind) + "'")
            .collect(Collectors.joining(" ", "case s.kind ", " end collate \"C\""));

    private static final String STEPS =
            "from build b join build_step s on s.build_id = b.id where b.state = 'DONE' and ";

    private final JdbcClient jdbc;

    WorkSums(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    WorkTimes of(BuildFilter filter) {
        var where = FilterSql.of(filter);
        var lasted = lasted(where);
        var whole = whole(where);
        var kinds = new ArrayList<Work>();
        var summed = Duration.ZERO;
        var busy = Duration.ZERO;
        for (var sum : sums(where)) {
            var ran = lasted.getOrDefault(sum.kind(), Lasted.NOT);
            kinds.add(new Work(sum.kind(), sum.steps(), ran.own(), sum.time()));
            summed = summed.plus(sum.time());
            busy = busy.plus(ran.added());
        }
        kinds.sort(Comparator.comparing(Work::wall)
                .thenComparing(Work::summed)
                .reversed()
                .thenComparing(Work::kind));
        return new WorkTimes(
                whole.builds(), whole.wall(), summed, whole.withSpans().minus(busy), kinds);
    }

    private record Sum(WorkKind kind, int steps, Duration time) {}

    /** From an index alone. */
    private List<Sum> sums(FilterSql where) {
        return where.bind(
                        jdbc.sql("select " + WORK + " work, count(*) steps, coalesce(sum(s.duration_micros), 0) micros "
                                + STEPS + where.condition() + " group by 1"))
                .query((row, number) ->
                        new Sum(WorkKind.valueOf(row.getString("work")), row.getInt("steps"), micros(row, "micros")))
                .list();
    }

    /**
     * How long work of a kind lasted.
     *
     * @param own while at least one step of it ran
     * @param added what of that no step that began earlier had lasted through, of whichever kind: over all kinds, while any step ran
     */
    private record Lasted(Duration own, Duration added) {
        static final Lasted NOT = new Lasted(Duration.ZERO, Duration.ZERO);
    }

    /**
     * Of each step counts what goes beyond the latest end of those that began before. A step of no time, as most cached ones
     * are, adds nothing to that and is left out.
     */
    private Map<WorkKind, Lasted> lasted(FilterSql where) {
        var lasted = new EnumMap<WorkKind, Lasted>(WorkKind.class);
        where.bind(jdbc.sql("""
                        with ran as (
                            select s.build_id, %s work, s.completed_at ended,
                                greatest(s.started_at, s.completed_at - s.duration_micros * interval '1 microsecond') began
                            %s %s and s.completed_at > s.started_at and (s.duration_micros > 0 or s.duration_micros is null)),
                        beyond as (
                            select work, ended - greatest(began, max(ended) over own) own, ended - greatest(began, max(ended) over every) added
                            from ran
                            window own as (partition by build_id, work order by began rows between unbounded preceding and 1 preceding),
                                every as (partition by build_id order by began rows between unbounded preceding and 1 preceding))
                        select work, %s own, %s added from beyond group by work""".formatted(
                                WORK,
                                STEPS,
                                where.condition(),
                                micros("greatest(own, interval '0')"),
                                micros("greatest(added, interval '0')"))))
                .query((row, number) -> lasted.put(
                        WorkKind.valueOf(row.getString("work")), new Lasted(micros(row, "own"), micros(row, "added"))))
                .list();
        return lasted;
    }

    /**
     * From the beginning of builds to their end.
     *
     * @param withSpans the same, of those alone of which it is known when some step ran from and to: of the others it is not known how long
     *     they were idle
     */
    private record Whole(int builds, Duration wall, Duration withSpans) {}

    private Whole whole(FilterSql where) {
        return where.bind(jdbc.sql("""
                        with span as (
                            select greatest(max(s.completed_at) - min(s.started_at), interval '0') wall,
                                bool_or(s.completed_at >= s.started_at) known
                            %s %s group by s.build_id)
                        select count(*) builds, %s wall, %s spans from span""".formatted(
                                STEPS, where.condition(), micros("wall"), micros("case when known then wall end"))))
                .query((row, number) -> new Whole(row.getInt("builds"), micros(row, "wall"), micros(row, "spans")))
                .single();
    }

    private static String micros(String interval) {
        return "coalesce(extract(epoch from sum(" + interval + ")) * 1000000, 0)::bigint";
    }

    private static Duration micros(ResultSet row, String column) throws SQLException {
        return Duration.of(row.getLong(column), ChronoUnit.MICROS);
    }
}
