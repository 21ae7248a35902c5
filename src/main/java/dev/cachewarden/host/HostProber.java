package dev.cachewarden.host;

/** Determines the properties of a host. Implemented by {@code engine}; declared here so that hosts can be tested before they are saved. */
@FunctionalInterface
public interface HostProber {

    /**
     * Probes a host within a total time limit. Changes nothing on the host.
     *
     * @return the result; a failure of the host never causes an exception
     */
    ProbeResult probe(HostConnection connection);
}
