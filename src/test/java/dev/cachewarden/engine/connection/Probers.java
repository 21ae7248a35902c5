package dev.cachewarden.engine.connection;

import dev.cachewarden.host.DiskProber;
import dev.cachewarden.host.DiskReading;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.util.unit.DataSize;

/** Disk probers for tests. */
final class Probers {

    private Probers() {}

    static DiskProber at(Instant now) {
        return new RoutedDiskProber(settings(Duration.ofSeconds(20)), InstantSource.fixed(now));
    }

    static DiskSettings settings(Duration timeout) {
        return settings(timeout, Path.of("/no/known_hosts"));
    }

    static DiskSettings settings(Duration timeout, Path knownHosts) {
        return new DiskSettings(timeout, DataSize.ofMegabytes(32), knownHosts, 32, null);
    }

    static String problem(DiskReading reading) {
        return switch (reading) {
            case DiskReading.Known known -> throw new AssertionError("It is known: " + known);
            case DiskReading.Unknown unknown -> unknown.problem();
        };
    }
}
