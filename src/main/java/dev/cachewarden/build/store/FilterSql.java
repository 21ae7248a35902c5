package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.host.BuilderId;
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

    /** What words are looked for in. Words have no blanks, so none is found across two of these. */
    private static final String TEXTS =
            "concat_ws(' ', b.project, '#' || b.id, b.ref, b.branch, b.revision, b.label, b.error)";

    public static FilterSql of(BuildFilter filter) {
        var conditions = new ArrayList<String>();
        var parameters = new TreeMap<String, Object>();
        var parts = new Parts(conditions, parameters);
        parts.add("b.project = :project", "project", filter.project());
        parts.add(
                "b.builder_id = any(:builders)",
                "builders",
                filter.builders().isEmpty()
                        ? null
                        : filter.builders().stream().map(BuilderId::value).toArray(Long[]::new));
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
        for (int i = 0; i < filter.words().size(); i++) {
            String word = "word" + i;
            // By position and not by a pattern: whatever a person types means itself.
            parts.add(
                    "position(lower(:" + word + ") in lower(" + TEXTS + ")) > 0",
                    word,
                    Columns.text(filter.words().get(i)));
        }
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
