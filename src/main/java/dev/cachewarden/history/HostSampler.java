package dev.cachewarden.history;

import dev.cachewarden.host.HostId;

/** Reads a host's cache now, out of turn. */
public interface HostSampler {

    /**
     * Reads and stores. Waits for a reading of the same host that is under way, and then reads anew.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     */
    HostReading sampleNow(HostId host);
}
