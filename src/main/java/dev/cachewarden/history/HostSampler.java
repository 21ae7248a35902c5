package dev.cachewarden.history;

import dev.cachewarden.host.HostId;

/** Reads the cache of a host immediately, independent of its poll interval. */
public interface HostSampler {

    /**
     * Reads and stores the cache. If a reading of the same host is in progress, waits for its end and then reads the cache again.
     *
     * @throws dev.cachewarden.rest.NotFoundException if the host does not exist
     */
    HostReading sampleNow(HostId host);
}
