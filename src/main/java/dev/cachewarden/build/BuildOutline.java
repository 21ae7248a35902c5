package dev.cachewarden.build;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a build.
 *
 * @param branch branch, or null if unknown; builders never report it
 * @param revision revision, followed by {@code -dirty} if files differed from it, or null if unknown
 * @param label label that the uploader of the log chose, such as the intended scenario, or null if none
 * @param dockerfile name of the Dockerfile, or null if unknown
 * @param target requested target stage, or null if it is the last stage or unknown
 * @param platforms platforms such as {@code linux/amd64}; empty if the builder used its own platform or the platforms are unknown
 * @param noCache whether the build disabled the cache for all or some stages
 * @param argumentDigests keyed digest of the value of each build argument, by name; equal values have equal digests
 */
public record BuildOutline(
        ProjectName project,
        @Nullable String branch,
        @Nullable String revision,
        @Nullable String label,
        @Nullable String dockerfile,
        @Nullable String target,
        List<String> platforms,
        boolean noCache,
        Map<String, String> argumentDigests) {

    public BuildOutline {
        platforms = List.copyOf(platforms);
        argumentDigests = Map.copyOf(argumentDigests);
    }
}
