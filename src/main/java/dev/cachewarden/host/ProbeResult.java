package dev.cachewarden.host;

/** The result of a probe. */
public sealed interface ProbeResult {

    /** The host responded as an engine or a buildkitd that Cachewarden supports. */
    record Reached(HostCapabilities capabilities) implements ProbeResult {}

    /** The host could not be reached, or Cachewarden does not support its server. */
    record Failed(HostProblem problem) implements ProbeResult {}
}
