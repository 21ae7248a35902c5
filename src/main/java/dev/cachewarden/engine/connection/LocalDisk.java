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
            " To have its free disk, give a node_exporter or an SSH address under \"Free disk source\".";

    private LocalDisk() {}

    /**
     * Measures the local directory at the path of the data root, but only if it contains the engine's own ID. A socket may lead to a
     * container or to another machine, and a directory with the same path may belong to another engine.
     *
     * @param localEngine see {@link DiskSettings}
     */
    static DiskSpace of(DataRoot root, @Nullable String localEngine) throws DiskUnknownException {
        if (!root.here()) {
            throw new DiskUnknownException(root.hostName()
                    + " is reached over the network, so its disk is not to be seen from here." + INSTEAD);
        }
        if (root.path() == null) {
            throw new DiskUnknownException(root.hostName() + " does not tell where its cache lies." + INSTEAD);
        }
        try {
            var folder = Path.of(root.path());
            if (!engineId(folder, localEngine).equals(root.engineId())) {
                throw new DiskUnknownException("The folder " + root.path() + " here belongs to another engine than "
                        + root.hostName() + "." + INSTEAD);
            }
            var store = Files.getFileStore(folder);
            // Includes the blocks reserved for root, as BuildKit counts them; so do the other ways to measure.
            return new DiskSpace(new ByteSize(store.getTotalSpace()), new ByteSize(store.getUnallocatedSpace()));
        } catch (IOException | InvalidPathException e) {
            throw new DiskUnknownException(
                    "The data root " + DiskUnknownException.said(root.path()) + " of " + root.hostName()
                            + " is not to be seen from here. Cachewarden in a container sees it where it is mounted at"
                            + " the same path, read-only; engines before 24 leave no id there to know it by." + INSTEAD,
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
