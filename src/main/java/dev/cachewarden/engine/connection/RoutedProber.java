package dev.cachewarden.engine.connection;

import dev.cachewarden.engine.ClockOffset;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineSettings;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.Failures;
import dev.cachewarden.engine.RunningTime;
import dev.cachewarden.engine.TimeLimit;
import dev.cachewarden.engine.TlsGreeting;
import dev.cachewarden.engine.buildkit.ControlClient;
import dev.cachewarden.engine.docker.ApiVersion;
import dev.cachewarden.engine.docker.EngineApi;
import dev.cachewarden.engine.docker.InfoAnswer;
import dev.cachewarden.host.GcPolicy;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostProber;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.ProbeResult;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Probes a host: ping, version, info, and then BuildKit's own interface. */
final class RoutedProber implements HostProber {

    /** The API version of Engine 29.2, the first whose own listener also supports gRPC. */
    private static final ApiVersion NATIVE_GRPC = ApiVersion.parse("1.53");

    private final EngineSettings settings;
    private final ControlClient control;
    private final InstantSource clock;

    RoutedProber(EngineSettings settings, ControlClient control, InstantSource clock) {
        this.settings = settings;
        this.control = control;
        this.clock = clock;
    }

    @Override
    public ProbeResult probe(HostConnection host) {
        var failures = new Failures(host);
        try (var use = RunningTime.OF_PROCESS.use()) {
            return probe(host, failures, use);
        }
    }

    private ProbeResult probe(HostConnection host, Failures failures, RunningTime.Use use) {
        try {
            // Twice the limit of one call, so that the timeout of a single call occurs first and names the call.
            return new ProbeResult.Reached(
                    TimeLimit.within(settings.callTimeout().multipliedBy(2), failures, "the probe", () -> ask(host)));
        } catch (EngineUnreachableException e) {
            return new ProbeResult.Failed(failures.orDelayed(e, use).problem());
        } catch (ExecutionException e) {
            var problem = failures.orDelayed(new EngineUnreachableException(problem(failures, e), e), use)
                    .problem();
            return new ProbeResult.Failed(
                    looksLikeTls(host, problem) ? failures.speaksTls().problem() : problem);
        }
    }

    private static HostProblem problem(Failures failures, ExecutionException failed) {
        return switch (failed.getCause()) {
            case EngineUnreachableException unreachable -> unreachable.problem();
            case EngineRefusedException refused -> refused.problem();
            case null -> failures.of("the probe", failed).problem();
            default -> failures.of("the probe", failed.getCause()).problem();
        };
    }

    /**
     * Returns true if the host requires TLS. Only Go's servers report a plain connection; others answer with a TLS alert or close the
     * connection.
     */
    private boolean looksLikeTls(HostConnection host, HostProblem problem) {
        return host.address() instanceof HostAddress.Tcp tcp
                && (problem.cause() == HostProblem.Cause.BAD_ANSWER
                        || problem.cause() == HostProblem.Cause.NOT_AN_ENGINE)
                && TlsGreeting.usesTls(tcp, settings.connectTimeout());
    }

    private HostCapabilities ask(HostConnection host) {
        return switch (host.kind()) {
            case DOCKER_ENGINE -> askEngine(host);
            case BUILDKITD -> askBuildkitd(host);
        };
    }

    private HostCapabilities askEngine(HostConnection host) {
        try (var engine = EngineApi.of(host, settings)) {
            var ping = engine.ping();
            var version = engine.version();
            var api = engine.negotiate(version);
            var asked = clock.instant();
            var info = engine.info(api);
            var offset = info.systemTime() == null
                    ? ClockOffset.NONE
                    : ClockOffset.of(asked, info.systemTime(), clock.instant());
            var generation = EngineGeneration.parse(version.engineVersion());
            var use = EngineGeneration.buildKitUse(generation, ping.builder(), info.osType());
            var probe = use == BuildKitUse.NONE
                    ? new ControlProbe(ControlAccess.NONE, List.of(), null, null)
                    : ControlProbe.of(control, host, candidateAccess(host, api));
            return new HostCapabilities(
                    clock.instant(),
                    info.id(),
                    version.engineVersion(),
                    api.toString(),
                    buildkit(probe, generation),
                    use,
                    probe.access(),
                    info.dataRoot(),
                    info.storageDriver(),
                    info.containerdImageStore(),
                    operatingSystem(info),
                    gcPolicies(probe),
                    HostNotes.ofEngine(host, use, api, generation, probe, offset));
        }
    }

    private HostCapabilities askBuildkitd(HostConnection host) {
        var probe = ControlProbe.found(control, host, ControlAccess.DIRECT);
        if (probe.workers().isEmpty()) {
            throw new Failures(host).badAnswer("Control/ListWorkers", "it lists no worker", null);
        }
        return new HostCapabilities(
                clock.instant(),
                ControlProbe.identity(probe.workers()),
                null,
                null,
                probe.version(),
                BuildKitUse.DEFAULT,
                ControlAccess.DIRECT,
                null,
                probe.workers().getFirst().snapshotter(),
                false,
                null,
                gcPolicies(probe),
                HostNotes.ofBuildkitd(host, probe, control.clock(host, ControlAccess.DIRECT)));
    }

    private static List<ControlAccess> candidateAccess(HostConnection host, ApiVersion api) {
        // Over TLS, the listener offers only HTTP/1.1, so native gRPC cannot start there (moby/moby#53611).
        return api.compareTo(NATIVE_GRPC) >= 0 && !(host.address() instanceof HostAddress.TlsTcp)
                ? List.of(ControlAccess.NATIVE, ControlAccess.UPGRADE)
                : List.of(ControlAccess.UPGRADE);
    }

    private static @Nullable String buildkit(ControlProbe probe, @Nullable EngineGeneration generation) {
        if (probe.version() != null) {
            return probe.version();
        }
        String byEngine = generation == null ? null : generation.buildkit();
        return byEngine == null ? null : byEngine + " (by engine version)";
    }

    private static List<GcPolicy> gcPolicies(ControlProbe probe) {
        return probe.workers().stream()
                .flatMap(worker -> worker.gcPolicies().stream())
                .toList();
    }

    private static @Nullable String operatingSystem(InfoAnswer info) {
        if (info.operatingSystem() == null) {
            return info.architecture();
        }
        return info.architecture() == null
                ? info.operatingSystem()
                : info.operatingSystem() + ", " + info.architecture();
    }
}
