package dev.cachewarden.analytics.steps;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.store.FilterSql;
import dev.cachewarden.build.store.LookupSql;
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

/** A query for the distinct steps of many builds. */
@Repository
class ClassSteps {

    private final JdbcClient jdbc;

    ClassSteps(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A step of successful builds.
     *
     * @param builders builders that looked it up; empty if it is known only from logs that were uploaded without a host
     */
    record Step(String identity, StepClass stepClass, StepKind kind, String text, Set<BuilderId> builders) {}

    /**
     * Returns the steps that were looked up, latest built first. A step whose class changed between builds can appear with both classes.
     */
    List<Step> of(BuildFilter filter, int most) {
        var where = FilterSql.of(filter);
        return where.bind(jdbc.sql("""
                        with steps as (
                            select identity, class, max(last_build) last_build, array_agg(distinct place) builders
                            from (%s) step group by identity, class order by 3 desc, 1, 2 limit :most)
                        select steps.*, text_of.kind, text_of.instruction
                        from steps cross join lateral (select kind, instruction from build_step one where one.build_id = last_build
                            and one.class = steps.class and one.identity = steps.identity order by number limit 1) text_of
                        """.formatted(LookupSql.steps("builder_id", where.condition()))))
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
