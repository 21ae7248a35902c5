package dev.cachewarden.progress;

/**
 * Vertices that BuildKit shows as one, such as all vertices of a {@code COPY --link}.
 *
 * @param id ID that differs in each build; it replaces the digest of the shown vertex
 * @param name name of the shown vertex
 * @param weak true if this member alone is not sufficient to show the group
 */
public record ProgressGroup(String id, String name, boolean weak) {}
