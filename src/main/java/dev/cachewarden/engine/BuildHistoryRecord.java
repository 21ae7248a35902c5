package dev.cachewarden.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One build as its builder remembers it.
 *
 * @param ref the builder's own id of it
 * @param attributes what the frontend was given: {@code filename}, {@code target}, {@code build-arg:…}, {@code vcs:source} and so on. Build
 *     arguments are in clear text and may hold secrets: never store or log them
 * @param error as the builder put it; null if it did not fail
 * @param createdAt by our clock, as far as the builder tells how its own differs
 * @param completedAt by our clock likewise; null while it runs
 * @param steps how many vertices it had; zero while it runs
 * @param completedSteps how many of them ended
 * @param cachedSteps how many of them BuildKit calls cached, among them those that were not needed
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

    /** Without the attributes, so that nobody logs secrets by chance. */
    @Override
    public String toString() {
        return "build " + ref + " of " + createdAt;
    }
}
