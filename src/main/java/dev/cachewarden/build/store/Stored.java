package dev.cachewarden.build.store;

import dev.cachewarden.build.BuildId;

/**
 * A build that is stored.
 *
 * @param isNew whether what was to be stored is; false: all of it was known
 */
public record Stored(BuildId id, boolean isNew) {}
