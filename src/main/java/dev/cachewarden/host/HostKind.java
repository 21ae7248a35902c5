package dev.cachewarden.host;

/** What listens at a host's address. */
public enum HostKind {
    /** A Docker Engine with BuildKit inside; speaks the Engine HTTP API, and gRPC beside it. */
    DOCKER_ENGINE,
    /** A buildkitd on its own; speaks gRPC only. */
    BUILDKITD
}
