package dev.cachewarden.engine.connection;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.host.DataRoot;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Measures the disk of an engine's data root on the local machine. */
final class LocalDisk {

    private static final String INSTEAD =
            " To measure its free disk space, set a node_exporter or an SSH address as \"Free disk source\".";

    private LocalDisk() {}

    /**
     * Measures the local directory at the path of the data root, but only if it contains the engine's own ID. A socket may lead to a
     * container or to another machine, and a directory with the same path may belong to another engine.
     *
     * @param localEngine see {@link DiskSettings}
     */
    static DiskSpace of(DataRoot root, @Nullable String localEngine) throws DiskUnknownException {
        if (!root.here()) {
            throw new DiskUnknownException(
                    root.hostName() + " is a remote host, so Cachewarden cannot access its disk." + INSTEAD);
        }
        if (root.path() == null) {
            throw new DiskUnknownException(root.hostName() + " does not report its data directory." + INSTEAD);
        }
        try {
            var folder = Path.of(root.path());
            if (!engineId(folder, localEngine).equals(root.engineId())) {
                throw new DiskUnknownException("The local directory " + root.path() + " belongs to another engine than "
                        + root.hostName() + "." + INSTEAD);
            }
            var store = Files.getFileStore(folder);
            // Includes the blocks reserved for root, as BuildKit counts them; so do the other ways to measure.
            return new DiskSpace(new ByteSize(store.getTotalSpace()), new ByteSize(store.getUnallocatedSpace()));
        } catch (IOException | InvalidPathException e) {
            throw new DiskUnknownException(
                    "The data root " + DiskUnknownException.singleLine(root.path()) + " of " + root.hostName()
                            + " is not accessible. If Cachewarden runs in a container, mount the data root read-only"
                            + " at the same path. Engines before version 24 store no ID there, so Cachewarden cannot recognize it."
                            + INSTEAD,
                    e);
        }
    }

    /** Returns the ID that Engine 24 and later store in their data root (moby/moby daemon/id.go), readable by root only. */
    private static String engineId(Path folder, @Nullable String localEngine) throws IOException {
        try {
            return Files.readString(folder.resolve("engine-id")).strip();
        } catch (AccessDeniedException e) {
            String known = folder + "=";
            if (localEngine == null || !localEngine.startsWith(known)) {
                throw e;
            }
            return localEngine.substring(known.length()).strip();
        }
    }
}
