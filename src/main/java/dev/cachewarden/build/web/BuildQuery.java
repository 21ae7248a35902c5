package dev.cachewarden.build.web;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a list of builds, or a sum over them, is asked for by.
 *
 * @param project its whole name
 * @param q words, each of which stands in the project, number, ref, branch, revision, label or error
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

    BuildFilter filter() {
        return new BuildFilter(
                blankToNull(project),
                builder == null
                        ? Set.of()
                        : builder.stream().map(BuilderId::new).collect(Collectors.toSet()),
                blankToNull(branch),
                state == null ? Set.of() : state,
                scenario == null ? null : scenario.name(),
                BuildFilter.words(q),
                from,
                until);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
