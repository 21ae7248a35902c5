package dev.cachewarden.build;

import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which builds are meant; each part that is null or empty does not matter.
 *
 * @param from first start, inclusive
 * @param until last start, exclusive
 */
public record BuildFilter(
        @Nullable String project,
        @Nullable BuilderId builder,
        @Nullable String branch,
        Set<BuildState> states,
        @Nullable String scenario,
        @Nullable Instant from,
        @Nullable Instant until) {

    public static final BuildFilter ALL = new BuildFilter(null, null, null, Set.of(), null, null, null);

    public BuildFilter {
        states = Set.copyOf(states);
    }

    public static BuildFilter ofProject(String project) {
        return new BuildFilter(project, null, null, Set.of(), null, null, null);
    }
}
