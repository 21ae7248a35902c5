package dev.cachewarden.host;

/**
 * A cache of its own on a host.
 *
 * @param name unique on its host; {@code default} for the engine's own BuildKit and for a buildkitd
 * @param driver in buildx's words: {@code docker} for the engine's own, {@code remote} for a buildkitd
 */
public record Builder(BuilderId id, HostId hostId, String name, String driver) {}
