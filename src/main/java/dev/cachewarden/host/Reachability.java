package dev.cachewarden.host;

import java.time.Instant;

/** The reachability of a host: a state and the time of its start. */
public sealed interface Reachability {

    /** Returns the time at which this state began. */
    Instant since();

    /** The host was not read yet, or polling is disabled. This does not mean that the host is reachable. */
    record Unknown(Instant since) implements Reachability {}

    /** The last reading succeeded. */
    record Reachable(Instant since) implements Reachability {}

    /** The last reading failed. */
    record Unreachable(Instant since, HostProblem problem) implements Reachability {}
}
