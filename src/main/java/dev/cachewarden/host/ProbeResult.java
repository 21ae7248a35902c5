package dev.cachewarden.host;

/** The answer to asking a host what it is. */
public sealed interface ProbeResult {

    /** It answered as an engine or buildkitd that can be watched. */
    record Reached(HostCapabilities capabilities) implements ProbeResult {}

    /** It could not be reached, or what answered cannot be watched. */
    record Failed(Trouble trouble) implements ProbeResult {}
}
