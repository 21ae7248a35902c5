package dev.cachewarden.engine.connection;

import dev.cachewarden.engine.BuildHistory;
import dev.cachewarden.engine.BuildHistoryEvent;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.buildkit.ControlClient;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import java.time.Duration;
import java.util.function.Consumer;

/** Reads the build history over gRPC, because the HTTP API does not offer it. */
final class ControlBuildHistory implements BuildHistory {

    private final ControlClient control;

    ControlBuildHistory(ControlClient control) {
        this.control = control;
    }

    @Override
    public void listen(
            HostConnection host, HostCapabilities capabilities, Duration within, Consumer<BuildHistoryEvent> onEvent) {
        control.listenBuildHistory(host, access(host, capabilities), within, onEvent);
    }

    @Override
    public BuildProgress progress(
            HostConnection host, HostCapabilities capabilities, String ref, ProgressLimits limits) {
        return control.progress(host, access(host, capabilities), ref, limits);
    }

    @Override
    public void follow(
            HostConnection host,
            HostCapabilities capabilities,
            String ref,
            ProgressLimits limits,
            Pace pace,
            Consumer<BuildProgress> soFar) {
        control.followProgress(host, access(host, capabilities), ref, limits, pace, soFar);
    }

    private static ControlAccess access(HostConnection host, HostCapabilities capabilities) {
        if (host.kind() == HostKind.BUILDKITD) {
            return ControlAccess.DIRECT;
        }
        if (capabilities.control() == ControlAccess.NONE) {
            throw new EngineRefusedException(
                    host.name(), "Control/ListenBuildHistory", "UNIMPLEMENTED", "its gRPC interface cannot be reached");
        }
        return capabilities.control();
    }
}
