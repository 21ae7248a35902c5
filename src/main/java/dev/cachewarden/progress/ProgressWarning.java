package dev.cachewarden.progress;

import org.jspecify.annotations.Nullable;

/**
 * A warning of BuildKit about a build, such as the result of a Dockerfile check.
 *
 * @param vertex ID of its vertex, or null if the log does not contain it
 * @param text first line of the warning
 * @param url address of BuildKit's explanation, or null if there is none. Not validated: check its scheme before you link to it
 * @param line line in the Dockerfile, from 1, or null if the warning names none
 */
public record ProgressWarning(
        @Nullable String vertex,
        String text,
        @Nullable String url,
        @Nullable Integer line) {}
