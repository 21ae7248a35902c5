package dev.cachewarden.engine.connection;

import dev.cachewarden.buildcache.DiskSpace;
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
                    who(source) + " gave no whole answer about its disk within "
                            + settings.timeout().toMillis() / 1000.0
                            + " s. Is it up, and does a firewall stand between?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new DiskReading.Unknown(begun, "Asking " + who(source) + " about its disk was interrupted");
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
                    + " does not tell where its cache lies. Write the folder behind the address, such as "
                    + source.text()
                    + "#/var/lib/buildkit");
        }
        return folder;
    }

    private static String problem(DiskSource source, @Nullable Throwable failure) {
        return failure instanceof DiskUnknownException known
                ? known.problem()
                : who(source) + " could not be asked about its disk: "
                        + DiskUnknownException.said(String.valueOf(failure));
    }

    private static String who(DiskSource source) {
        return source.text().isEmpty() ? "The local file system" : source.text();
    }
}
