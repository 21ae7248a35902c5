package dev.cachewarden.progress;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An update of BuildKit after a change of a vertex. It contains the complete state, not the difference.
 *
 * @param id digest of the vertex
 * @param inputs digests of the vertices it depends on
 * @param started start of its latest run, or null before the first one
 * @param completed end of its latest run, or null while it runs
 * @param cached true if its result was in the cache
 * @param error error message, or null or empty if it did not fail
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

    /**
     * Vertices that BuildKit shows as one, such as all vertices of a {@code COPY --link}.
     *
     * @param id ID that differs in each build; it replaces the digest of the shown vertex
     * @param name name of the shown vertex
     * @param weak true if this member alone is not sufficient to show the group
     */
    public record Group(String id, String name, boolean weak) {}
}
