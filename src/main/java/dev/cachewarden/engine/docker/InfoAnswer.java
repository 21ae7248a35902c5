package dev.cachewarden.engine.docker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is used of {@code /info}.
 *
 * @param id the engine's own, made once and kept in its data root
 * @param name of the machine; null: not reported
 * @param kernel version of the machine's kernel; null: not reported
 * @param osType {@code linux} or {@code windows}; null: not told
 * @param systemTime by the engine's clock, when it answered; null: not told
 * @param containerdImageStore whether the storage driver is one of containerd's snapshotters
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
