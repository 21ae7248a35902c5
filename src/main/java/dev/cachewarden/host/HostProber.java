package dev.cachewarden.host;

/** Asks a host what it is. Filled by {@code engine}; declared here so that hosts can be tried out before they are saved. */
@FunctionalInterface
public interface HostProber {

    /**
     * Asks, within a total time limit. Changes nothing on the host.
     *
     * @return never throws for what the host does or fails to do
     */
    ProbeResult probe(HostConnection connection);
}
