package dev.cachewarden.host.disk;

import org.jspecify.annotations.Nullable;

/**
 * The folder whose disk is meant.
 *
 * @param hostName what people call its host; used in messages
 * @param path as the engine tells it, on its own machine; null: not told, as by every buildkitd
 * @param engineId what the folder is told by
 * @param here whether the engine is reached by a socket of this machine, so that the folder may be one of this machine too
 */
public record DataRoot(String hostName, @Nullable String path, String engineId, boolean here) {}
