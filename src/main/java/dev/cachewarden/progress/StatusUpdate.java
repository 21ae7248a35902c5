package dev.cachewarden.progress;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An update of BuildKit about a part of a vertex, such as the download of one layer.
 *
 * @param vertexId digest of the vertex
 * @param id name of the part, such as {@code extracting sha256:…}
 * @param current bytes so far
 * @param total expected bytes, or zero if unknown
 */
public record StatusUpdate(
        String vertexId,
        String id,
        long current,
        long total,
        @Nullable Instant started,
        @Nullable Instant completed) {}
