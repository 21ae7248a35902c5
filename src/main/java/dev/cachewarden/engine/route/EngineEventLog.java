package dev.cachewarden.engine.route;

import dev.cachewarden.engine.BuilderEvents;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.docker.EngineApi;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import java.time.Instant;
import java.util.List;

/** Reads an engine's event log over HTTP. */
final class EngineEventLog implements BuilderEvents {

    private final EngineSettings settings;

    EngineEventLog(EngineSettings settings) {
        this.settings = settings;
    }

    @Override
    public List<PruneEvent> prunesBetween(
            HostConnection host, HostCapabilities capabilities, Instant since, Instant until) {
        if (host.kind() == HostKind.BUILDKITD) {
            return List.of();
        }
        try (var engine = EngineApi.of(host, settings)) {
            return engine.prunes(RoutedReader.apiVersion(capabilities), since, until);
        }
    }
}
