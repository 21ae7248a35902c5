package dev.cachewarden.engine.disk;

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
 * Picks from a node_exporter's metrics the file system that holds a folder: the one whose mount point is the longest that the folder
 * lies under.
 *
 * <p>Free is {@code node_filesystem_free_bytes}, not {@code …_avail_bytes}: with what is reserved for root, as BuildKit counts it when it
 * weighs its own minFreeSpace, and as the other ways to measure do. The engine runs as root and can use it.
 *
 * <p>node_exporter leaves out file systems that it is told to leave out; one that holds the folder and is left out cannot be told
 * from one that is not mounted at all, and the file system above it is then taken for it.
 */
final class FilesystemMetrics {

    static final String PREFIX = "node_filesystem_";

    private static final Set<String> OF_CONTAINERS = Set.of("overlay", "aufs");

    private final String folder;
    private final Map<String, Mount> mounts = new HashMap<>();
    private boolean any;

    /**
     * @param folder absolute
     * @throws DiskUnknownException if it is not a folder on a machine that node_exporter runs on
     */
    FilesystemMetrics(String folder) throws DiskUnknownException {
        // node_exporter 1.5 writes a backslash in a mount point as /proc/mounts does, and then cannot measure it.
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
        return new DiskUnknownException(
                "'" + DiskUnknownException.said(folder) + "' is not a whole path that node_exporter could tell of");
    }

    /** What is told of one mount point: more than once where several are mounted over each other. */
    private static final class Mount {
        private final Set<String> types = new HashSet<>();
        private @Nullable Long total;
        private @Nullable Long free;
        private boolean doubtful;

        void tell(MetricSample sample) {
            String type = sample.labels().getOrDefault("fstype", "");
            if (OF_CONTAINERS.contains(type)) {
                types.add(type);
            }
            var value = sample.value();
            switch (sample.name()) {
                case "node_filesystem_size_bytes" -> {
                    // Each is asked for by its path, so that all tell the same, the uppermost; if not, who is to be
                    // believed?
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

    /** Takes a line that begins with {@link #PREFIX}; passes over what is none of the format. */
    void take(String line) {
        var sample = MetricSample.parse(line);
        String point = sample == null ? null : sample.labels().get("mountpoint");
        if (sample != null && point != null) {
            any = true;
            if (holds(point)) {
                mounts.computeIfAbsent(point, p -> new Mount()).tell(sample);
            }
        }
    }

    private boolean holds(String point) {
        return point.equals("/")
                || folder.equals(point)
                || (folder.startsWith(point) && point.startsWith("/") && folder.charAt(point.length()) == '/');
    }

    /**
     * The file system that holds the folder.
     *
     * @param who told
     */
    DiskSpace disk(String who) throws DiskUnknownException {
        if (!any) {
            throw new DiskUnknownException(
                    who + " tells of no file system. Is it a node_exporter, with its filesystem collector on?");
        }
        String point = mounts.keySet().stream()
                .max((one, other) -> Integer.compare(one.length(), other.length()))
                .orElseThrow(() -> new DiskUnknownException(who + " tells of no file system that holds " + folder
                        + ". Within a container, node_exporter needs --path.rootfs"));
        var mount = mounts.get(point);
        if (mount == null || mount.doubtful || mount.total == null || mount.free == null) {
            throw new DiskUnknownException(
                    who + " tells nothing certain of the file system at " + point + ", which holds " + folder);
        }
        if (!mount.types.isEmpty()) {
            throw new DiskUnknownException(who + " sees the file system of a container at " + point
                    + " instead of the host's; give node_exporter the host's root with --path.rootfs");
        }
        if (mount.total == 0 || mount.free > mount.total) {
            throw new DiskUnknownException(who + " tells what cannot be of the file system at " + point + ": "
                    + mount.free + " of " + mount.total + " bytes free");
        }
        return new DiskSpace(new ByteSize(mount.total), new ByteSize(mount.free));
    }
}
