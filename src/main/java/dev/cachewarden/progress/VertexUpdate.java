package dev.cachewarden.progress;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What BuildKit sends of a vertex each time something about it changes: all it then knows, not the difference.
 *
 * @param id its digest
 * @param inputs digests of the vertices it depends on
 * @param started when its latest run began; null before its first
 * @param completed when its latest run ended; null while it runs
 * @param cached whether its result was in the cache
 * @param error why it failed; null or empty if it did not
 */
public record VertexUpdate(
        String id,
        String name,
        List<String> inputs,
        @Nullable Instant started,
        @Nullable Instant completed,
        boolean cached,
        @Nullable String error) {

    public VertexUpdate {
        inputs = List.copyOf(inputs);
    }
}
