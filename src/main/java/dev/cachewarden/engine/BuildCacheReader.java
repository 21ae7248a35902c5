package dev.cachewarden.engine;

import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;

/** Reads all records of a builder's cache. */
public interface BuildCacheReader {

    /**
     * Reads the cache as it is now, within a total time limit and a size limit.
     *
     * <p>Reading leaves a trace: for the first reading after a build, BuildKit opens the cache mounts which that build used to
     * find their sizes, and counts that as a use. So their usage count and last use move once more, without a build, between
     * the first reading and the second (seen on engines 20.10, 26.1 and 28.5, over HTTP and gRPC alike).
     *
     * @param capabilities what the last probe found; decides the way of reading
     * @throws EngineUnreachableException if no whole answer came
     * @throws EngineRefusedException if the engine answered with an error
     */
    CacheReading read(HostConnection connection, HostCapabilities capabilities);
}
