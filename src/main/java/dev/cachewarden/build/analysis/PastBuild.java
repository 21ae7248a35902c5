package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A completed build, with the data that a comparison needs.
 *
 * @param succeeded false if the build failed or was canceled
 * @param noCache whether the build ran without a cache
 * @param target stage to build, or null if it is the last stage
 * @param platforms requested platforms; empty for the platform of the builder or an unknown one
 * @param argumentDigests for each name of a build argument, a digest that changes with its value; also empty if the arguments are unknown
 * @param steps steps in the order of their numbers
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
