package dev.cachewarden.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A build in the history of its builder.
 *
 * @param ref the builder's ID of the build
 * @param attributes options of the frontend: {@code filename}, {@code target}, {@code build-arg:…}, {@code vcs:source}, and so on. Build
 *     arguments are in clear text and may contain secrets: never store or log them
 * @param error error message of the builder, or null if the build did not fail
 * @param createdAt start time by Cachewarden's clock, corrected by the offset of the builder's clock if it is known
 * @param completedAt end time by Cachewarden's clock, or null while the build runs
 * @param steps number of vertices, or zero while the build runs
 * @param completedSteps number of completed vertices
 * @param cachedSteps number of vertices that BuildKit reports as cached; this includes vertices that were not needed
 */
public record BuildHistoryRecord(
        String ref,
        Map<String, String> attributes,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant completedAt,
        int steps,
        int completedSteps,
        int cachedSteps) {

    public BuildHistoryRecord {
        attributes = Map.copyOf(attributes);
    }

    /** Omits the attributes, so that no log contains secrets by accident. */
    @Override
    public String toString() {
        return "build " + ref + " of " + createdAt;
    }
}
