package dev.cachewarden.analytics;

import dev.cachewarden.analytics.WorkTimes.Work;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.analysis.WorkKind;
import dev.cachewarden.build.store.FilterSql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The time of many builds, from the sums that are stored with the steps of each build. The stored sums use the rules of
 * {@link dev.cachewarden.build.analysis.BuildTimes}; tests compare both.
 */
final class WorkSums {

    private final JdbcClient jdbc;

    WorkSums(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    WorkTimes of(BuildFilter filter) {
        var where = FilterSql.of(filter);
        var whole = whole(where);
        var kinds = kinds(where);
        var summed = kinds.stream().map(Work::summed).reduce(Duration.ZERO, Duration::plus);
        return new WorkTimes(whole.builds(), whole.timed(), whole.wall(), summed, whole.idle(), kinds);
    }

    private List<Work> kinds(FilterSql where) {
        return where
                .bind(jdbc.sql("""
                        select work, sum(s.steps) steps, sum(s.lasted_micros) lasted, sum(s.summed_micros) summed
                        from build b join build_work_sums s on s.build_id = b.id where b.state = 'DONE' and %s
                        group by work""".formatted(where.condition())))
                .query((row, number) -> new Work(
                        WorkKind.valueOf(row.getString("work")),
                        row.getInt("steps"),
                        micros(row, "lasted"),
                        micros(row, "summed")))
                .list()
                .stream()
                .sorted(Comparator.comparing(Work::wall)
                        .thenComparing(Work::summed)
                        .reversed()
                        .thenComparing(Work::kind))
                .toList();
    }

    private record Whole(int builds, int timed, Duration wall, Duration idle) {}

    private Whole whole(FilterSql where) {
        return where.bind(jdbc.sql("""
                        select count(*) builds, count(*) filter (where s.wall_micros > 0) timed,
                            coalesce(sum(s.wall_micros), 0) wall, coalesce(sum(s.idle_micros), 0) idle
                        from build b join build_time_sums s on s.build_id = b.id
                        where b.state = 'DONE' and %s""".formatted(where.condition())))
                .query((row, number) ->
                        new Whole(row.getInt("builds"), row.getInt("timed"), micros(row, "wall"), micros(row, "idle")))
                .single();
    }

    private static Duration micros(ResultSet row, String column) throws SQLException {
        return Duration.of(row.getLong(column), ChronoUnit.MICROS);
    }
}
