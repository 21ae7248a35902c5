package dev.cachewarden.build.held;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.step.StepClass;
import dev.cachewarden.build.step.StepKind;
import dev.cachewarden.build.store.FilterSql;
import dev.cachewarden.host.BuilderId;
import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The steps of many builds, each once. */
@Repository
class ClassSteps {

    private static final String[] CACHEABLE = Arrays.stream(StepKind.values())
            .filter(StepKind::cacheable)
            .map(StepKind::name)
            .toArray(String[]::new);

    private final JdbcClient jdbc;

    ClassSteps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A step of builds that ended well.
     *
     * @param builders that looked it up; empty: it is known from logs only that were sent without a host
     */
    record Step(String identity, StepClass stepClass, StepKind kind, String text, Set<BuilderId> builders) {}

    /** Those that were looked up, the latest built first; one that was classed anew meanwhile may come with both classes. */
    List<Step> of(BuildFilter filter, int most) {
        var where = FilterSql.of(filter);
        // Grouped by builder first: so few rows are left that collecting the builders of each takes no time. The
        // instruction is looked up by an
        // index where the step ran in any of these builds; among all steps of the last one only where it was always
        // cached.
        return where.bind(jdbc.sql("""
                        with looked_up as (
                            select s.identity, s.class, b.builder_id, max(b.id) last_build,
                                max(b.id) filter (where s.state = 'DONE') last_run
                            from build b join build_step s on s.build_id = b.id
                            where s.kind = any(:cacheable) and s.state in ('CACHED', 'DONE') and b.state = 'DONE' and %s
                            group by s.identity, s.class, b.builder_id),
                        steps as (
                            select identity, class, max(last_build) last_build, max(last_run) last_run, array_agg(builder_id) builders
                            from looked_up group by identity, class order by 3 desc, 1, 2 limit :most)
                        select steps.*, coalesce(ran.kind, cached.kind) kind, coalesce(ran.instruction, cached.instruction) instruction
                        from steps
                            left join lateral (select kind, instruction from build_step one
                                where one.identity = steps.identity and one.build_id = last_run and one.state = 'DONE' limit 1) ran on true
                            left join lateral (select kind, instruction from build_step one
                                where last_run is null and one.build_id = last_build and one.identity = steps.identity limit 1) cached
                            on true""".formatted(where.condition())))
                .param("cacheable", CACHEABLE)
                .param("most", most)
                .query((row, number) -> new Step(
                        row.getString("identity"),
                        StepClass.valueOf(row.getString("class")),
                        StepKind.valueOf(row.getString("kind")),
                        row.getString("instruction"),
                        builders(row.getArray("builders"))))
                .list();
    }

    private static Set<BuilderId> builders(@Nullable Array column) throws SQLException {
        return column == null
                ? Set.of()
                : Arrays.stream((Long[]) column.getArray())
                        .filter(id -> id != null)
                        .map(BuilderId::new)
                        .collect(Collectors.toSet());
    }
}
