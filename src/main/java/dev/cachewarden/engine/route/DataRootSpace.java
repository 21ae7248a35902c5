package dev.cachewarden.engine.route;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.engine.docker.InfoAnswer;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The disk under an engine's data root, where it is our disk too. */
final class DataRootSpace {

    private DataRootSpace() {}

    /**
     * Looks at the data root by its path here, and takes it for the engine's only if the engine's own id lies in it: a socket may
     * come out of a container or another machine, and a folder of the same name may be somebody else's.
     *
     * @return null where that is not certain
     */
    static @Nullable DiskSpace of(HostConnection host, InfoAnswer info) {
        if (!(host.address() instanceof HostAddress.UnixSocket) || info.dataRoot() == null) {
            return null;
        }
        try {
            var root = Path.of(info.dataRoot());
            // Written by Engine 24 and newer (moby/moby daemon/id.go).
            if (!Files.readString(root.resolve("engine-id")).strip().equals(info.id())) {
                return null;
            }
            var store = Files.getFileStore(root);
            return new DiskSpace(new ByteSize(store.getTotalSpace()), new ByteSize(store.getUnallocatedSpace()));
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }
}
