package dev.cachewarden.build.web;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildSearch;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters that filter builds for a list or for totals.
 *
 * @param q search in the syntax of {@link BuildSearch}; it must match in addition to all other parameters
 * @param project full name of the project
 * @param builder IDs of builders; a build must match one of them
 * @param state states; a build must match one of them
 * @param from earliest start, inclusive
 * @param until latest start, exclusive
 */
public record BuildQuery(
        @Nullable String q,
        @Nullable String project,
        @Nullable Set<Long> builder,
        @Nullable String branch,
        @Nullable Set<BuildState> state,
        @Nullable Scenario scenario,
        @Nullable Instant from,
        @Nullable Instant until) {

    /**
     * Converts the parameters to a filter.
     *
     * @throws dev.cachewarden.rest.InvalidInputException about {@code q}
     */
    public BuildFilter filter(HostRegistry hosts) {
        return new BuildFilter(
                blankToNull(project),
                nonNull(builder).map(BuilderId::new).collect(Collectors.toSet()),
                blankToNull(branch),
                nonNull(state).collect(Collectors.toSet()),
                scenario == null ? null : scenario.name(),
                BuildSearch.parse(q, hosts),
                from,
                until);
    }

    /** Returns the values without null. Spring converts blank values to null, and they count as absent. */
    private static <T> Stream<T> nonNull(@Nullable Set<T> values) {
        return values == null ? Stream.of() : values.stream().filter(Objects::nonNull);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
