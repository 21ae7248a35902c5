package dev.cachewarden.build;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of a build.
 *
 * @param branch null: not told, as builders never do
 * @param revision with {@code -dirty} behind it where files differed from it; null: not told
 * @param label a word of the person who sent the log, such as the scenario meant; null: none
 * @param dockerfile its name; null: not told
 * @param target stage that was to be built; null: the last, or not told
 * @param platforms such as {@code linux/amd64}; empty: the builder's own, or not told
 * @param noCache whether the cache was not to be used, for all stages or some
 * @param argumentDigests name of each build argument and a keyed digest of its value, equal where values are
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
