package dev.cachewarden.engine.connection;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.engine.BuildCacheReader;
import dev.cachewarden.engine.CacheReading;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.Failures;
import dev.cachewarden.engine.RunningTime;
import dev.cachewarden.engine.buildkit.ControlClient;
import dev.cachewarden.engine.docker.ApiVersion;
import dev.cachewarden.engine.docker.EngineApi;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** Reads the cache over HTTP if the engine can return it alone, and otherwise over gRPC. */
final class RoutedReader implements BuildCacheReader {

    private final EngineSettings settings;
    private final ControlClient control;
    private final InstantSource clock;

    RoutedReader(EngineSettings settings, ControlClient control, InstantSource clock) {
        this.settings = settings;
        this.control = control;
        this.clock = clock;
    }

    @Override
    public CacheReading read(HostConnection host, HostCapabilities capabilities) {
        try (var use = RunningTime.OF_PROCESS.use()) {
            try {
                var records = records(host, capabilities);
                return new CacheReading(clock.instant(), use.lasted(), records);
            } catch (EngineUnreachableException e) {
                throw new Failures(host).orDelayed(e, use);
            }
        }
    }

    private List<CacheRecord> records(HostConnection host, HostCapabilities capabilities) {
        return switch (host.kind()) {
            case BUILDKITD -> control.diskUsage(host, ControlAccess.DIRECT);
            case DOCKER_ENGINE -> ofEngine(host, capabilities);
        };
    }

    private List<CacheRecord> ofEngine(HostConnection host, HostCapabilities capabilities) {
        var api = apiVersion(capabilities);
        if (api.readsBuildCacheAlone() || capabilities.control() == ControlAccess.NONE) {
            return overHttp(host, api);
        }
        try {
            return control.diskUsage(host, capabilities.control());
        } catch (EngineUnreachableException e) {
            // The access to gRPC may have disappeared since the probe, and a proxy may forward only HTTP.
            return switch (e.problem().cause()) {
                case BAD_ANSWER, FORBIDDEN, NOT_AN_ENGINE -> overHttp(host, api);
                default -> throw e;
            };
        }
    }

    private List<CacheRecord> overHttp(HostConnection host, ApiVersion api) {
        try (var engine = EngineApi.of(host, settings)) {
            return engine.buildCache(api);
        }
    }

    static ApiVersion apiVersion(HostCapabilities capabilities) {
        return ApiVersion.parse(
                Objects.requireNonNull(capabilities.apiVersion(), "An engine's capabilities name its API version"));
    }
}
