package dev.cachewarden.host;

import dev.cachewarden.host.disk.DiskReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A registered host, as it stood when it was asked for.
 *
 * @param labels free words for scopes and filters, such as {@code env=ci}
 * @param pollInterval pause between readings, before jitter
 * @param enabled whether it is polled and may be pruned
 * @param engineId the engine that was registered; null until a probe first succeeded
 * @param capabilities of the last successful probe; null before
 * @param builders in the order of their names; empty before the first successful probe
 * @param configFile path of the configuration file it comes from, where alone it can be changed; null: it was made by hand
 * @param disk what was last said of the disk under its data root, by the present source; may be old; null: not asked yet
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
