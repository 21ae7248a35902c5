package dev.cachewarden.host;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a registered host.
 *
 * @param labels free-form labels for scopes and filters, such as {@code env=ci}
 * @param pollInterval pause between readings, before jitter
 * @param enabled true if Cachewarden polls it and may prune it
 * @param engineId ID of the registered engine, or null before the first successful probe
 * @param capabilities result of the last successful probe, or null before the first one
 * @param builders in the order of their names; empty before the first successful probe
 * @param configFile path of the configuration file that manages it, the only place to change it; null if users manage it
 * @param disk last reading of the disk of its data root from the current source, which may be old; null before the first one
 */
public record WatchedHost(
        HostId id,
        HostConnection connection,
        Map<String, String> labels,
        Duration pollInterval,
        boolean enabled,
        @Nullable String engineId,
        @Nullable HostCapabilities capabilities,
        Reachability reachability,
        List<Builder> builders,
        @Nullable String configFile,
        @Nullable DiskReading disk) {

    public WatchedHost {
        labels = Map.copyOf(labels);
        builders = List.copyOf(builders);
    }

    public String name() {
        return connection.name();
    }
}
