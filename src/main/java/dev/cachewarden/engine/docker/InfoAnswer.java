package dev.cachewarden.engine.docker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The fields of {@code /info} that Cachewarden uses.
 *
 * @param id the engine's own ID, created once and stored in its data directory
 * @param name name of the machine, or null if not reported
 * @param kernel kernel version of the machine, or null if not reported
 * @param osType {@code linux} or {@code windows}, or null if not reported
 * @param systemTime time of the answer by the engine's clock, or null if not reported
 * @param containerdImageStore true if the storage driver is one of containerd's snapshotters
 */
public record InfoAnswer(
        String id,
        @Nullable String name,
        @Nullable String kernel,
        @Nullable String dataRoot,
        @Nullable String storageDriver,
        boolean containerdImageStore,
        @Nullable String operatingSystem,
        @Nullable String architecture,
        @Nullable String osType,
        @Nullable Instant systemTime) {}
