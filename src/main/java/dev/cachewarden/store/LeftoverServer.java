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
 * Stops a PostgreSQL that outlived the Cachewarden that started it, for example after {@code kill -9}. It blocks the data directory, so it
 * must stop before a new one starts. The caller must hold the {@link DirectoryLock}: only then no other Cachewarden uses the server.
 */
final class LeftoverServer {

    private static final Logger LOG = LoggerFactory.getLogger(LeftoverServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private LeftoverServer() {}

    /** Stops the server on this data directory, if there is one, and deletes the PID file of a dead one. */
    static void stop(Path dataDirectory) throws IOException {
        Path pidFile = dataDirectory.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        var process = processNamedBy(pidFile);
        if (process != null && isPostgresOn(process, dataDirectory)) {
            LOG.info("Stopping PostgreSQL (process {}), which an earlier Cachewarden left running", process.pid());
            stop(process);
        }
        // PostgreSQL refuses to start if the process id in this file now belongs to any running process.
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

    /** Returns whether the process is a PostgreSQL on this directory: its process id may have been reused by another process. */
    private static boolean isPostgresOn(ProcessHandle process, Path dataDirectory) throws IOException {
        var command = process.info().command().map(Path::of).map(Path::getFileName);
        if (command.isEmpty() || !command.get().toString().startsWith("postgres")) {
            return false;
        }
        Path workingDirectory = Path.of("/proc", Long.toString(process.pid()), "cwd");
        if (Files.exists(workingDirectory)) {
            // The working directory of a postmaster is always its data directory.
            return Files.isSameFile(workingDirectory, dataDirectory);
        }
        return process.info().commandLine().orElse("").contains(dataDirectory.toString());
    }

    private static void stop(ProcessHandle process) {
        // This is a smart shutdown: it waits for the clients, and those ended with their JVM.
        process.destroy();
        if (!ended(process)) {
            LOG.warn(
                    "The leftover PostgreSQL did not stop within {}; killing it. It recovers its data at the next"
                            + " start",
                    PATIENCE);
            process.destroyForcibly();
            if (!ended(process)) {
                throw new StoreUnavailableException(
                        "PostgreSQL (process " + process.pid()
                                + "), which an earlier Cachewarden left running, does not stop.",
                        "Stop that process manually and restart Cachewarden.",
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
