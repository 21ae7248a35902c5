package dev.cachewarden.host;

/**
 * Stores hosts from a configuration file without a probe, because an unreachable host must not delay the rest of the file. So only the
 * first poll shows whether a host responds. A poll rejects a different engine than the registered one.
 */
public interface ConfiguredHosts {

    /** @throws dev.cachewarden.rest.InvalidInputException naming the field, for example {@code name} if it is in use */
    WatchedHost add(HostDraft draft, String file);

    /**
     * Changes a host, or takes over one that users managed.
     *
     * @throws dev.cachewarden.rest.InvalidInputException naming the field
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     */
    WatchedHost change(HostId id, HostDraft draft, String file);

    /**
     * Releases a host, so that users can edit it again. It stays unchanged, with its history.
     *
     * @throws dev.cachewarden.rest.NotFoundException if there is no such host
     */
    void release(HostId id);
}
