package dev.cachewarden.host;

import org.jspecify.annotations.Nullable;

/**
 * The directory whose disk is measured.
 *
 * @param hostName name of its host, for messages
 * @param path path that the engine reports, on its own machine; null if not reported, as by every buildkitd
 * @param engineId ID of the engine, by which its directory can be identified
 * @param here true if Cachewarden reaches the engine by a socket of this machine, so that the directory may also be on this machine
 */
public record DataRoot(String hostName, @Nullable String path, String engineId, boolean here) {}
