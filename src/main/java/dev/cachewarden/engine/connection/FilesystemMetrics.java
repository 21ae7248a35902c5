package dev.cachewarden.engine.connection;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects the file system of a directory from the metrics of a node_exporter: the one with the longest mount point that contains the
 * directory.
 *
 * <p>Free space is {@code node_filesystem_free_bytes}, not {@code …_avail_bytes}, so it includes the blocks reserved for root. BuildKit
 * counts them for its own limit on free space, and so do the other ways to measure. The engine runs as root and can use them.
 *
 * <p>A node_exporter can be configured to omit file systems. An omitted file system looks like one that is not mounted, so the one above it
 * is used instead.
 */
final class FilesystemMetrics {

    static final String PREFIX = "node_filesystem_";

    private static final Set<String> OF_CONTAINERS = Set.of("overlay", "aufs");

    private final String folder;
    private final Map<String, Mount> mounts = new HashMap<>();
    private boolean any;

    /**
     * @param folder absolute path
     * @throws DiskUnknownException if the path is not valid for a machine that runs node_exporter
     */
    FilesystemMetrics(String folder) throws DiskUnknownException {
        // node_exporter 1.5 escapes a backslash in a mount point as /proc/mounts does, and then cannot measure it.
        if (!folder.startsWith("/") || folder.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
            throw noFolder(folder);
        }
        try {
            this.folder = Path.of(folder).normalize().toString();
        } catch (InvalidPathException e) {
            throw noFolder(folder);
        }
    }

    private static DiskUnknownException noFolder(String folder) {
        return new DiskUnknownException("'" + DiskUnknownException.singleLine(folder)
                + "' is not an absolute path, so node_exporter cannot report it");
    }

    /** The samples of one mount point. A metric occurs more than once if several file systems are mounted over each other. */
    private static final class Mount {
        private final Set<String> types = new HashSet<>();
        private @Nullable Long total;
        private @Nullable Long free;
        private boolean doubtful;

        void add(MetricSample sample) {
            String type = sample.labels().getOrDefault("fstype", "");
            if (OF_CONTAINERS.contains(type)) {
                types.add(type);
            }
            var value = sample.value();
            switch (sample.name()) {
                case "node_filesystem_size_bytes" -> {
                    // node_exporter measures each by its path, so all report the size of the topmost one. If the sizes
                    // differ, they are unreliable.
                    doubtful |= value == null || (total != null && !total.equals(value));
                    total = value;
                }
                case "node_filesystem_free_bytes" -> {
                    doubtful |= value == null;
                    free = value == null || free == null ? value : Long.valueOf(Math.min(free, value));
                }
                case "node_filesystem_device_error" -> doubtful |= value == null || value != 0;
                default -> {}
            }
        }
    }

    /** Processes a line that begins with {@link #PREFIX}, and ignores an invalid one. */
    void take(String line) {
        var sample = MetricSample.parse(line);
        String point = sample == null ? null : sample.labels().get("mountpoint");
        if (sample != null && point != null) {
            any = true;
            if (holds(point)) {
                mounts.computeIfAbsent(point, p -> new Mount()).add(sample);
            }
        }
    }

    private boolean holds(String point) {
        return point.equals("/")
                || folder.equals(point)
                || (folder.startsWith(point) && point.startsWith("/") && folder.charAt(point.length()) == '/');
    }

    /**
     * Returns the file system that contains the directory.
     *
     * @param who source of the metrics, for messages
     */
    DiskSpace disk(String who) throws DiskUnknownException {
        if (!any) {
            throw new DiskUnknownException(who
                    + " reports no file system. Check that it is a node_exporter with the filesystem"
                    + " collector enabled");
        }
        String point = mounts.keySet().stream()
                .max((one, other) -> Integer.compare(one.length(), other.length()))
                .orElseThrow(() -> new DiskUnknownException(who + " reports no file system that contains " + folder
                        + ". In a container, node_exporter needs --path.rootfs"));
        var mount = mounts.get(point);
        if (mount == null || mount.doubtful || mount.total == null || mount.free == null) {
            throw new DiskUnknownException(
                    who + " reports ambiguous values for the file system at " + point + ", which contains " + folder);
        }
        if (!mount.types.isEmpty()) {
            throw new DiskUnknownException(who + " reports the file system of a container at " + point
                    + " instead of that of the host. Mount the root of the host and set --path.rootfs of"
                    + " node_exporter to it");
        }
        if (mount.total == 0 || mount.free > mount.total) {
            throw new DiskUnknownException(who + " reports impossible values for the file system at " + point + ": "
                    + mount.free + " of " + mount.total + " bytes free");
        }
        return new DiskSpace(new ByteSize(mount.total), new ByteSize(mount.free));
    }
}
