package dev.cachewarden.build.web;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a list of builds, or a sum over them, is asked for by.
 *
 * @param project its whole name
 * @param builder id of a builder
 * @param state any of these
 * @param from first start, inclusive
 * @param until last start, exclusive
 */
record BuildQuery(
        @Nullable String project,
        @Nullable Long builder,
        @Nullable String branch,
        @Nullable Set<BuildState> state,
        @Nullable Scenario scenario,
        @Nullable Instant from,
        @Nullable Instant until) {

    BuildFilter filter() {
        return new BuildFilter(
                blankToNull(project),
                builder == null ? null : new BuilderId(builder),
                blankToNull(branch),
                state == null ? Set.of() : state,
                scenario == null ? null : scenario.name(),
                from,
                until);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
