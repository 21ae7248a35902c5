package dev.cachewarden.engine;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import java.time.Instant;
import java.util.List;

/** Reads what an engine's event log tells of prunes: those asked for over its HTTP API, and no others. */
public interface BuilderEvents {

    /**
     * Prunes an engine reported.
     *
     * @param at by our clock: how far the engine's differs is found by asking it
     * @param reclaimed as the engine summed it up
     */
    record PruneEvent(Instant at, ByteSize reclaimed) {}

    /**
     * Asks for the prunes between two times by our clock, both inclusive and both past. Engines keep a short backlog of events (256 of all kinds), and none
     * over a restart; BuildKit's own garbage collection, and prunes over gRPC such as {@code docker buildx prune}, leave no event.
     *
     * @return oldest first; empty for a buildkitd, which has no events
     * @throws EngineUnreachableException if no whole answer came
     * @throws EngineRefusedException if the engine answered with an error
     */
    List<PruneEvent> prunesBetween(
            HostConnection connection, HostCapabilities capabilities, Instant since, Instant until);
}
