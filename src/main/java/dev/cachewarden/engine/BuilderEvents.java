package dev.cachewarden.engine;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import java.time.Instant;
import java.util.List;

/** Reads prunes from an engine's event log. The log contains only the prunes requested over the engine's HTTP API. */
public interface BuilderEvents {

    /**
     * A prune that an engine reported.
     *
     * @param at time by Cachewarden's clock; a request to the engine determines the offset of its clock
     * @param reclaimed total reported by the engine
     */
    record PruneEvent(Instant at, ByteSize reclaimed) {}

    /**
     * Reads the prunes between two times by Cachewarden's clock, both inclusive and in the past. Engines keep a short backlog of events
     * (256 of all kinds), and lose it on a restart. BuildKit's own garbage collection and prunes over gRPC, such as
     * {@code docker buildx prune}, leave no event.
     *
     * @return oldest first; empty for a buildkitd, which has no events
     * @throws EngineUnreachableException if the answer was missing or incomplete
     * @throws EngineRefusedException if the engine answered with an error
     */
    List<PruneEvent> prunesBetween(
            HostConnection connection, HostCapabilities capabilities, Instant since, Instant until);
}
