package dev.cachewarden.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL that outlived the Cachewarden that started it, as happens after {@code kill -9}: it holds the data directory, so it is
 * stopped before a new one starts. Only to be asked while holding the {@link DirectoryLock}: then the server belongs to nobody.
 */
final class LeftoverServer {

    private static final Logger LOG = LoggerFactory.getLogger(LeftoverServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private LeftoverServer() {}

    /** Stops the server on this data directory, if there is one, and clears what a dead one left. */
    static void stop(Path dataDirectory) throws IOException {
        Path pidFile = dataDirectory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var process = processNamedBy(pidFile);
        if (process != null && isPostgresOn(process, dataDirectory)) {
            LOG.info("Stopping the PostgreSQL (process {}) that an earlier Cachewarden left running", process.pid());
            stop(process);
        }
        // PostgreSQL would refuse to start if the number in the file belongs to any living process by now.
        Files.deleteIfExists(pidFile);
    }

    /** Returns whether a PostgreSQL process runs on this data directory. */
    static boolean runsOn(Path dataDirectory) throws IOException {
        Path pidFile = dataDirectory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return false;
        }
        var process = processNamedBy(pidFile);
        return process != null && isPostgresOn(process, dataDirectory);
    }

    private static @Nullable ProcessHandle processNamedBy(Path pidFile) throws IOException {
        var lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,18}")) {
            return null;
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(ProcessHandle::isAlive)
                .orElse(null);
    }

    /** Whether it is a PostgreSQL, and on this directory: the number may long be another process's. */
    private static boolean isPostgresOn(ProcessHandle process, Path dataDirectory) throws IOException {
        var command = process.info().command().map(Path::of).map(Path::getFileName);
        if (command.isEmpty() || !command.get().toString().startsWith("postgres")) {
            return false;
        }
        Path workingDirectory = Path.of("/proc", Long.toString(process.pid()), "cwd");
        if (Files.exists(workingDirectory)) {
            // A postmaster always works in its data directory.
            return Files.isSameFile(workingDirectory, dataDirectory);
        }
        return process.info().commandLine().orElse("").contains(dataDirectory.toString());
    }

    private static void stop(ProcessHandle process) {
        // A smart shutdown: waits for its clients, and those died with their JVM.
        process.destroy();
        if (!ended(process)) {
            LOG.warn("The leftover PostgreSQL did not stop within {}; killing it, it will recover", PATIENCE);
            process.destroyForcibly();
            if (!ended(process)) {
                throw new StoreUnavailableException(
                        "A PostgreSQL left by an earlier Cachewarden (process " + process.pid() + ") does not stop.",
                        "End that process by hand and start again.",
                        null);
            }
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
