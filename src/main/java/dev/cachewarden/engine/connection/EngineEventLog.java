package dev.cachewarden.engine.connection;

import dev.cachewarden.engine.BuilderEvents;
import dev.cachewarden.engine.ClockOffset;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.docker.ApiVersion;
import dev.cachewarden.engine.docker.EngineApi;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Reads an engine's event log over HTTP. */
final class EngineEventLog implements BuilderEvents {

    private final EngineSettings settings;
    private final InstantSource clock;

    EngineEventLog(EngineSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public List<PruneEvent> prunesBetween(
            HostConnection host, HostCapabilities capabilities, Instant since, Instant until) {
        if (host.kind() == HostKind.BUILDKITD) {
            return List.of();
        }
        try (var engine = EngineApi.of(host, settings)) {
            var api = RoutedReader.apiVersion(capabilities);
            var offset = offset(engine, api);
            return engine.prunes(api, offset.toRemote(since), offset.toRemote(until)).stream()
                    .map(event -> new PruneEvent(offset.toLocal(event.at()), event.reclaimed()))
                    .toList();
        }
    }

    /**
     * Returns the offset of the engine's clock. Event times use that clock, and the engine waits if the requested time is in its future.
     */
    private ClockOffset offset(EngineApi engine, ApiVersion api) {
        var asked = clock.instant();
        var theirs = engine.info(api).systemTime();
        return theirs == null ? ClockOffset.NONE : ClockOffset.of(asked, theirs, clock.instant());
    }
}
