package dev.cachewarden.host;

import java.time.Instant;

/** Whether a host answers; a state with a beginning. */
public sealed interface Reachability {

    /** When this state began. */
    Instant since();

    /** Not asked yet, or polling is off. Not to be taken for well. */
    record Unknown(Instant since) implements Reachability {}

    /** The last reading succeeded. */
    record Reachable(Instant since) implements Reachability {}

    /** The last reading failed. */
    record Unreachable(Instant since, Trouble trouble) implements Reachability {}
}
