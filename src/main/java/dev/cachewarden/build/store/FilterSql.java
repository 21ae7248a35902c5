package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.store.column.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * A filter as a condition on the table of builds, which goes by the name {@code b}.
 *
 * @param condition true where every build is meant
 * @param parameters by name
 */
public record FilterSql(String condition, Map<String, Object> parameters) {

    public static FilterSql of(BuildFilter filter) {
        var conditions = new ArrayList<String>();
        var parameters = new TreeMap<String, Object>();
        var parts = new Parts(conditions, parameters);
        parts.add("b.project = :project", "project", filter.project());
        parts.add(
                "b.builder_id = :builder",
                "builder",
                filter.builder() == null ? null : filter.builder().value());
        parts.add("b.branch = :branch", "branch", filter.branch());
        parts.add("b.scenario = :scenario", "scenario", filter.scenario());
        parts.add(
                "b.state = any(:states)",
                "states",
                filter.states().isEmpty()
                        ? null
                        : filter.states().stream().map(BuildState::name).toArray(String[]::new));
        parts.add("b.started_at >= :from", "from", Columns.timeOrNull(filter.from()));
        parts.add("b.started_at < :until", "until", Columns.timeOrNull(filter.until()));
        return new FilterSql(conditions.isEmpty() ? "true" : String.join(" and ", conditions), parameters);
    }

    private record Parts(List<String> conditions, Map<String, Object> parameters) {
        void add(String condition, String name, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                parameters.put(name, value);
            }
        }
    }

    public StatementSpec bind(StatementSpec statement) {
        return statement.params(parameters);
    }
}
