package dev.cachewarden.engine;

import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;

/** Reads all records of a builder's cache. */
public interface BuildCacheReader {

    /**
     * Reads the cache as it is now, within a total time limit and a size limit.
     *
     * @param capabilities what the last probe found; decides the way of reading
     * @throws EngineUnreachableException if no whole answer came
     * @throws EngineRefusedException if the engine answered with an error
     */
    CacheReading read(HostConnection connection, HostCapabilities capabilities);
}
