package dev.cachewarden.engine;

import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;

/** Reads all records of a builder's cache. */
public interface BuildCacheReader {

    /**
     * Reads the current state of the cache, within a total time limit and a size limit.
     *
     * <p>A reading changes the cache. In the first reading after a build, BuildKit opens the cache mounts of that build to measure their
     * sizes, and counts this as a use. So their usage count and last use change once more between the first and the second reading, without
     * a build. This was observed on engines 20.10, 26.1, and 28.5, over HTTP and gRPC.
     *
     * @param capabilities result of the last probe, which determines the transport
     * @throws EngineUnreachableException if the answer was missing or incomplete
     * @throws EngineRefusedException if the engine answered with an error
     */
    CacheReading read(HostConnection connection, HostCapabilities capabilities);
}
