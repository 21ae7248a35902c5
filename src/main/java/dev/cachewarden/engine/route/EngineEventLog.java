package dev.cachewarden.engine.route;

import dev.cachewarden.engine.BuilderEvents;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.docker.ApiVersion;
import dev.cachewarden.engine.docker.EngineApi;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Reads an engine's event log over HTTP. */
final class EngineEventLog implements BuilderEvents {

    /** A difference below this may be the time that its answer took, by which no event is to be moved. */
    private static final Duration TAKEN_BY_THE_ANSWER = Duration.ofSeconds(1);

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
            var ahead = ahead(engine, api);
            return engine.prunes(api, since.plus(ahead), until.plus(ahead)).stream()
                    .map(event -> new PruneEvent(event.at().minus(ahead), event.reclaimed()))
                    .toList();
        }
    }

    /** By how much the engine's clock is ahead of ours: events go by its clock, and asked for those to come it would wait for them. */
    private Duration ahead(EngineApi engine, ApiVersion api) {
        var theirs = engine.info(api).systemTime();
        var ahead = theirs == null ? Duration.ZERO : Duration.between(clock.instant(), theirs);
        return ahead.abs().compareTo(TAKEN_BY_THE_ANSWER) > 0 ? ahead : Duration.ZERO;
    }
}
