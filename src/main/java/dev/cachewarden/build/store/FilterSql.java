package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildSearch;
import dev.cachewarden.build.BuildSearch.Cached;
import dev.cachewarden.build.FigureBound;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.store.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * A filter as an SQL condition on the build table with the alias {@code b}.
 *
 * @param condition condition, {@code true} if the filter matches every build
 * @param parameters parameters by name
 */
public record FilterSql(String condition, Map<String, Object> parameters) {

    /**
     * The text that words are searched in. A control character that users do not type separates its parts, so that no word matches across
     * two of them.
     */
    private static final String TEXTS =
            "concat_ws(chr(31), b.project || ' #' || b.id, b.ref, b.branch, b.revision, b.label, b.error)";

    /** The condition for builds whose hit rate is final. Further lookups can change the rate of a running build. */
    private static final String ENDED = "b.state <> 'RUNNING'";

    public static FilterSql of(BuildFilter filter) {
        var conditions = new ArrayList<String>();
        var parameters = new TreeMap<String, Object>();
        var parts = new Parts(conditions, parameters);
        parts.add("b.project = :project", "project", Columns.textOrNull(filter.project()));
        parts.any("b.builder_id", "builders", ids(filter.builders()));
        parts.add("b.branch = :branch", "branch", Columns.textOrNull(filter.branch()));
        parts.add("b.scenario = :scenario", "scenario", filter.scenario());
        parts.any("b.state", "states", names(filter.states()));
        parts.add("b.started_at >= :from", "from", Columns.timeOrNull(filter.from()));
        parts.add("b.started_at < :until", "until", Columns.timeOrNull(filter.until()));
        parts.add(filter.search());
        return new FilterSql(conditions.isEmpty() ? "true" : String.join(" and ", conditions), parameters);
    }

    private static Long[] ids(Set<BuilderId> builders) {
        return builders.stream().map(BuilderId::value).toArray(Long[]::new);
    }

    private static String[] names(Set<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).toArray(String[]::new);
    }

    private static String[] texts(Set<String> values) {
        return values.stream().map(Columns::text).toArray(String[]::new);
    }

    private record Parts(List<String> conditions, Map<String, Object> parameters) {
        void add(BuildSearch search) {
            any("b.builder_id", "searchedBuilders", ids(search.builders()));
            any("b.project", "searchedProjects", texts(search.origin().projects()));
            any("b.branch", "searchedBranches", texts(search.origin().branches()));
            any("b.state", "searchedStates", names(search.states()));
            any("b.scenario", "searchedScenarios", names(search.scenarios()));
            any("b.miss_cause", "searchedCauses", names(search.causes()));
            any("b.label", "searchedLabels", texts(search.origin().labels()));
            any("b.source", "searchedSources", names(search.sources()));
            add(
                    "exists (select from unnest(cast(:revisions as text[])) beginning"
                            + " where starts_with(lower(b.revision), beginning))",
                    "revisions",
                    search.origin().revisions().isEmpty()
                            ? null
                            : texts(search.origin().revisions()));
            if (!search.cached().isEmpty()) {
                conditions.add(search.cached().stream()
                        .map(Parts::cached)
                        .collect(Collectors.joining(" or ", ENDED + " and b.lookups > 0 and (", ")")));
            }
            for (int i = 0; i < search.bounds().size(); i++) {
                var bound = search.bounds().get(i);
                add(figure(bound, ":bound" + i), "bound" + i, bound.limit());
            }
            for (int i = 0; i < search.words().size(); i++) {
                String word = "word" + i;
                // By position and not by a pattern, so that all characters that a user types match literally.
                add(
                        "position(lower(:" + word + ") in lower(" + TEXTS + ")) > 0",
                        word,
                        Columns.text(search.words().get(i)));
            }
        }

        private static String cached(Cached share) {
            return switch (share) {
                case ALL -> "b.hits = b.lookups";
                case SOME -> "b.hits > 0 and b.hits < b.lookups";
                case NONE -> "b.hits = 0";
            };
        }

        private static String figure(FigureBound bound, String limit) {
            String than = " " + bound.comparison().sign() + " " + limit;
            return switch (bound.figure()) {
                case DURATION -> "b.duration_millis" + than;
                case SENT -> "b.steps_read_at is not null and b.transferred_bytes" + than;
                case HITS -> ENDED + " and b.lookups > 0 and b.hits * 100" + than + " * b.lookups";
            };
        }

        /** Adds a condition that a column has one of the values. An empty array adds no condition. */
        void any(String column, String name, Object[] values) {
            add(column + " = any(:" + name + ")", name, values.length == 0 ? null : values);
        }

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
