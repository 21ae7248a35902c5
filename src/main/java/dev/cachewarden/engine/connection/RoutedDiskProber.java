package dev.cachewarden.engine.connection;

import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.engine.TimeLimit;
import dev.cachewarden.host.DataRoot;
import dev.cachewarden.host.DiskProber;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Measures disks through their configured source, and reports each failure as an unknown disk. */
final class RoutedDiskProber implements DiskProber {

    private final DiskSettings settings;
    private final NodeExporterDisk exporter;
    private final SshDisk ssh;
    private final InstantSource clock;

    RoutedDiskProber(DiskSettings settings, InstantSource clock) {
        this.settings = settings;
        this.exporter = new NodeExporterDisk(settings);
        this.ssh = new SshDisk(settings);
        this.clock = clock;
    }

    @Override
    public DiskReading measure(DiskSource source, DataRoot root) {
        var begun = clock.instant();
        try {
            var space = TimeLimit.within(settings.timeout(), "disk of " + root.hostName(), () -> ask(source, root));
            return new DiskReading.Known(begun, space);
        } catch (ExecutionException e) {
            return new DiskReading.Unknown(begun, problem(source, e.getCause()));
        } catch (TimeoutException e) {
            return new DiskReading.Unknown(
                    begun,
                    who(source) + " did not report its disk space within "
                            + Durations.text(settings.timeout())
                            + ". Check that it is running and that no firewall blocks the connection");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new DiskReading.Unknown(
                    begun, "The request to " + who(source) + " for its disk space was interrupted");
        }
    }

    private DiskSpace ask(DiskSource source, DataRoot root) throws Exception {
        return switch (source) {
            case DiskSource.LocalFileSystem local -> LocalDisk.of(root, settings.localEngine());
            case DiskSource.NodeExporter node -> exporter.of(node, folder(node, node.folder(), root));
            case DiskSource.Ssh login -> ssh.of(login, folder(login, login.folder(), root));
        };
    }

    private static String folder(DiskSource source, @Nullable String given, DataRoot root) throws DiskUnknownException {
        String folder = given == null ? root.path() : given;
        if (folder == null) {
            throw new DiskUnknownException(root.hostName()
                    + " does not report its data directory. Append the directory to the address, such as "
                    + source.text()
                    + "#/var/lib/buildkit");
        }
        return folder;
    }

    private static String problem(DiskSource source, @Nullable Throwable failure) {
        return failure instanceof DiskUnknownException known
                ? known.problem()
                : who(source) + " failed to report its disk space: "
                        + DiskUnknownException.singleLine(String.valueOf(failure));
    }

    private static String who(DiskSource source) {
        return source.text().isEmpty() ? "The local file system" : source.text();
    }
}
