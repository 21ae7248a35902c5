package dev.cachewarden.build.analysis.cause;

import dev.cachewarden.build.step.BuildStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A build that is over, as far as a comparison needs it.
 *
 * @param succeeded false also if it was cancelled
 * @param noCache whether it was told to use no cache
 * @param target stage to build; null: the last
 * @param platforms those it was asked for; empty: the builder's own, or not known
 * @param argumentDigests by name of the build argument something that changes with its value; empty also where nothing is known of them
 * @param steps in the order of their numbers
 */
public record PastBuild(
        Instant startedAt,
        boolean succeeded,
        boolean noCache,
        @Nullable String target,
        List<String> platforms,
        Map<String, String> argumentDigests,
        List<BuildStep> steps) {

    public PastBuild {
        platforms = List.copyOf(platforms);
        argumentDigests = Map.copyOf(argumentDigests);
        steps = List.copyOf(steps);
    }
}
