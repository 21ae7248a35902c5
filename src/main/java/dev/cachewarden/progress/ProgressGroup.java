package dev.cachewarden.progress;

/**
 * Vertices that BuildKit shows as one, such as all that a {@code COPY --link} comes to.
 *
 * @param id another one in each build; stands for the digest of the vertex they are shown as
 * @param name of the vertex they are shown as
 * @param weak whether this member alone does not make the group worth showing
 */
public record ProgressGroup(String id, String name, boolean weak) {}
