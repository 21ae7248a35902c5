package dev.cachewarden.host;

/**
 * A builder of a host, with a separate cache.
 *
 * @param name unique on its host; {@code default} for the engine's own BuildKit and for a buildkitd
 * @param driver the driver as in buildx: {@code docker} for the engine's own BuildKit, {@code remote} for a buildkitd
 */
public record Builder(BuilderId id, HostId hostId, String name, String driver) {}
