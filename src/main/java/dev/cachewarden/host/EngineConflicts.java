package dev.cachewarden.host;

import java.util.Optional;
import java.util.Set;

/** Hosts that report the same engine ID although their caches cannot be the same one. */
public interface EngineConflicts {

    /** Returns the other enabled hosts with this engine ID. */
    Set<HostId> others(String engineId, HostId host);

    /**
     * Returns why no host with this engine ID may be pruned. Empty if there is no conflict, or if a user confirmed that the hosts are the
     * same engine. Also empty if at most one of the hosts still exists and is enabled.
     */
    Optional<String> open(String engineId);

    /**
     * Stores a conflict. Has no effect between hosts that a user confirmed to be the same engine.
     *
     * @param hosts all hosts that take part
     * @param evidence the difference between the caches, as a sentence
     */
    void report(String engineId, Set<HostId> hosts, String evidence);

    /**
     * Ends the conflict of a host: it and the others are the same engine.
     *
     * @param by name of the user who confirms
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     * @throws dev.cachewarden.rest.ConflictException if it has no open conflict
     */
    void confirmSame(HostId host, String by);
}
