package dev.cachewarden.progress;

import org.jspecify.annotations.Nullable;

/**
 * A warning of BuildKit's about a build, such as those of its Dockerfile checks.
 *
 * @param vertex id of the vertex it is about; null where the log does not tell
 * @param text its first line
 * @param url where BuildKit explains it; null if nowhere. Not checked: never link it without looking at its scheme
 * @param line of the Dockerfile, from 1; null if it names none
 */
public record ProgressWarning(
        @Nullable String vertex,
        String text,
        @Nullable String url,
        @Nullable Integer line) {}
