package dev.cachewarden.engine.connection;

import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.buildkit.ControlClient;
import dev.cachewarden.engine.buildkit.WorkerAnswer;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of a search for access to BuildKit's gRPC interface.
 *
 * @param access the first way that worked, or {@code NONE}
 * @param workers the workers that BuildKit listed
 * @param version version of BuildKit, or null if not reported
 * @param reason reason for missing access, or null if there is access
 */
record ControlProbe(
        ControlAccess access,
        List<WorkerAnswer> workers,
        @Nullable String version,
        @Nullable String reason) {

    /** Tries the given ways in order. */
    static ControlProbe of(ControlClient client, HostConnection host, List<ControlAccess> ways) {
        String reason = null;
        for (var way : ways) {
            try {
                return found(client, host, way);
            } catch (EngineUnreachableException | EngineRefusedException e) {
                reason = e.getMessage();
            }
        }
        return new ControlProbe(ControlAccess.NONE, List.of(), null, reason);
    }

    /** Tries a single way, and throws its failure. */
    static ControlProbe found(ControlClient client, HostConnection host, ControlAccess way) {
        var workers = client.workers(host, way);
        return new ControlProbe(way, workers, version(client, host, way, workers), null);
    }

    private static @Nullable String version(
            ControlClient client, HostConnection host, ControlAccess way, List<WorkerAnswer> workers) {
        try {
            String version = client.version(host, way);
            if (isMeaningful(version)) {
                return version;
            }
        } catch (EngineRefusedException e) {
            // UNIMPLEMENTED before BuildKit 0.11.
        }
        return workers.stream()
                .map(WorkerAnswer::version)
                .filter(ControlProbe::isMeaningful)
                .findFirst()
                .orElse(null);
    }

    /** Returns true if the version is meaningful. Engines built by distributions report {@code v0.0.0+unknown}. */
    private static boolean isMeaningful(@Nullable String version) {
        return version != null && !version.isBlank() && !version.startsWith("v0.0.0");
    }

    /** Returns the IDs of the workers, which identify a buildkitd. */
    static String identity(List<WorkerAnswer> workers) {
        return workers.stream().map(WorkerAnswer::id).sorted().collect(Collectors.joining(","));
    }
}
