package dev.cachewarden.progress;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What BuildKit sends of a part of a vertex, such as one layer's download, each time it gets on.
 *
 * @param vertexId digest of the vertex
 * @param id what the part is called, such as {@code extracting sha256:…}
 * @param current bytes so far
 * @param total bytes expected; zero where that is not known
 */
public record StatusUpdate(
        String vertexId,
        String id,
        long current,
        long total,
        @Nullable Instant started,
        @Nullable Instant completed) {}
