package dev.cachewarden.host.configured;

import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.WatchedHost;

/**
 * Writes hosts as a configuration file says them. None is tried out: a host that is down must not hold up the rest of the file, so that
 * only its first poll tells whether it answers, and a poll refuses an engine other than the one it was.
 */
public interface ConfiguredHosts {

    /** @throws dev.cachewarden.rest.InvalidInputException naming the field, {@code name} among others if it is taken */
    WatchedHost add(HostDraft draft, String file);

    /**
     * Changes one, or takes over one that was made by hand.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming the field
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     */
    WatchedHost change(HostId id, HostDraft draft, String file);

    /**
     * Gives one back to people. It stays as it is, with its history.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     */
    void release(HostId id);
}
