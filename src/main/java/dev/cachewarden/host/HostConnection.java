package dev.cachewarden.host;

import dev.cachewarden.host.disk.DataRoot;
import dev.cachewarden.host.disk.DiskSource;

/**
 * All it takes to reach a host and its disk, registered or only tried out.
 *
 * @param name what people call it; used in messages
 * @param kind what is expected to listen there
 * @param address where it listens
 * @param freeDiskFrom who is asked for its free disk
 */
public record HostConnection(String name, HostKind kind, HostAddress address, DiskSource freeDiskFrom) {

    /** The same with the disk looked for on the local file system. */
    public HostConnection(String name, HostKind kind, HostAddress address) {
        this(name, kind, address, DiskSource.LOCAL);
    }

    /** The folder whose disk is that of its cache. */
    public DataRoot dataRoot(HostCapabilities found) {
        return new DataRoot(name, found.dataRoot(), found.engineId(), address instanceof HostAddress.UnixSocket);
    }
}
