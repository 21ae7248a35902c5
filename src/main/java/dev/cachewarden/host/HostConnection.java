package dev.cachewarden.host;

/**
 * The connection data of a host and its disk, for a registered host or for a test.
 *
 * @param name name of the host, for messages
 * @param kind expected type of the server at the address
 * @param address address of the host
 * @param freeDiskFrom source of its free disk space
 */
public record HostConnection(String name, HostKind kind, HostAddress address, DiskSource freeDiskFrom) {

    /** Creates a connection whose disk is on the local file system. */
    public HostConnection(String name, HostKind kind, HostAddress address) {
        this(name, kind, address, DiskSource.LOCAL);
    }

    /** Returns the directory whose disk contains the cache. */
    public DataRoot dataRoot(HostCapabilities found) {
        return new DataRoot(name, found.dataRoot(), found.engineId(), address instanceof HostAddress.UnixSocket);
    }
}
