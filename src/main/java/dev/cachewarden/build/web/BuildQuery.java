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
 * What a list of builds, or a sum over them, is asked for by.
 *
 * @param project its whole name
 * @param q as {@link BuildSearch} reads it; it must hold beside all the others
 * @param builder ids of builders, any of these
 * @param state any of these
 * @param from first start, inclusive
 * @param until last start, exclusive
 */
record BuildQuery(
        @Nullable String q,
        @Nullable String project,
        @Nullable Set<Long> builder,
        @Nullable String branch,
        @Nullable Set<BuildState> state,
        @Nullable Scenario scenario,
        @Nullable Instant from,
        @Nullable Instant until) {

    /** @throws dev.cachewarden.rest.InvalidInputException about {@code q} */
    BuildFilter filter(HostRegistry hosts) {
        return new BuildFilter(
                blankToNull(project),
                told(builder).map(BuilderId::new).collect(Collectors.toSet()),
                blankToNull(branch),
                told(state).collect(Collectors.toSet()),
                scenario == null ? null : scenario.name(),
                BuildSearch.parse(q, hosts),
                from,
                until);
    }

    /** Blank values, which Spring makes null, are as good as absent. */
    private static <T> Stream<T> told(@Nullable Set<T> values) {
        return values == null ? Stream.of() : values.stream().filter(Objects::nonNull);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
