package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A completed build, with the data that a comparison needs. The builds of a comparison have the same target and platforms.
 *
 * @param succeeded false if the build failed or was canceled
 * @param noCache whether the build ran without a cache
 * @param argumentDigests for each name of a build argument, a digest that changes with its value; also empty if the arguments are unknown
 * @param steps steps in the order of their numbers
 */
public record PastBuild(
        Instant startedAt,
        boolean succeeded,
        boolean noCache,
        Map<String, String> argumentDigests,
        List<BuildStep> steps) {

    public PastBuild {
        argumentDigests = Map.copyOf(argumentDigests);
        steps = List.copyOf(steps);
    }
}
