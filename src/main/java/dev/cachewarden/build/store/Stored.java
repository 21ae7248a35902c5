package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildId;

/**
 * A stored build.
 *
 * @param isNew whether new data was stored, or false if all data was already known
 */
public record Stored(BuildId id, boolean isNew) {}
