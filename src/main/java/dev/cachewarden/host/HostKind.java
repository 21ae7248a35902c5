package dev.cachewarden.host;

/** The type of the server at a host's address. */
public enum HostKind {
    /** A Docker Engine with its embedded BuildKit; supports the Engine HTTP API and also gRPC. */
    DOCKER_ENGINE,
    /** A standalone buildkitd; supports only gRPC. */
    BUILDKITD
}
