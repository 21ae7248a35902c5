package dev.cachewarden.engine.connection;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.engine.ClockOffset;
import dev.cachewarden.engine.docker.ApiVersion;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import dev.cachewarden.host.HostConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates the warnings about a host, with the most severe first. */
final class HostNotes {

    private static final EngineGeneration GC_WRONG_FROM = new EngineGeneration(28, 0, 0);
    private static final EngineGeneration GC_WRONG_TO = new EngineGeneration(28, 5, 0);

    private HostNotes() {}

    static List<String> ofEngine(
            HostConnection host,
            BuildKitUse use,
            ApiVersion api,
            @Nullable EngineGeneration generation,
            ControlProbe control,
            ClockOffset clock) {
        var notes = new ArrayList<String>();
        addBuildKit(notes, use);
        if (use == BuildKitUse.NONE) {
            return notes;
        }
        if (control.access() == ControlAccess.NONE) {
            notes.add("The gRPC interface of BuildKit is unreachable, so Cachewarden deletes records one at a time: "
                    + control.reason());
            if (!api.readsBuildCacheAlone()) {
                notes.add("With each reading of the cache, this engine also measures images, containers, and volumes."
                        + " Engine 23.0 and later do not");
            }
        }
        addClock(notes, clock);
        addPlain(notes, host);
        addGarbageCollection(notes, generation, control);
        return notes;
    }

    static List<String> ofBuildkitd(HostConnection host, ControlProbe control, ClockOffset clock) {
        var notes = new ArrayList<String>();
        addClock(notes, clock);
        addPlain(notes, host);
        addGarbageCollection(notes, null, control);
        return notes;
    }

    private static void addBuildKit(List<String> notes, BuildKitUse use) {
        switch (use) {
            case NONE -> notes.add("This engine has no BuildKit, so it has no build cache");
            case DISABLED ->
                notes.add("This engine is configured for the classic builder, which creates no build cache. Set"
                        + " features.buildkit to true in its daemon.json");
            case ON_REQUEST ->
                notes.add("Builds on this engine use BuildKit only if DOCKER_BUILDKIT=1 is set. BuildKit is the"
                        + " default since Engine 23.0");
            case DEFAULT -> {}
        }
    }

    private static void addClock(List<String> notes, ClockOffset clock) {
        if (clock.notable()) {
            boolean behind = clock.ahead().isNegative();
            notes.add("Its clock is "
                    + Durations.text(Duration.ofSeconds(clock.ahead().abs().toSeconds()))
                    + (behind ? " behind" : " ahead of")
                    + " the clock of Cachewarden, so rules by age"
                    + (behind ? " delete its records that much earlier" : " keep its records that much longer"));
        }
    }

    private static void addPlain(List<String> notes, HostConnection host) {
        if (host.address() instanceof HostAddress.Tcp tcp && !loopback(tcp.host())) {
            notes.add("This address does not use TLS. Anyone who can connect to the port has root access to the host");
        }
    }

    private static boolean loopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private static void addGarbageCollection(
            List<String> notes, @Nullable EngineGeneration generation, ControlProbe control) {
        boolean reported = control.workers().stream()
                .anyMatch(worker -> !worker.gcPolicies().isEmpty());
        if (!reported) {
            notes.add("The builder reports no garbage collection. It is disabled, or this BuildKit version does not"
                    + " report it");
        } else if (generation != null && generation.between(GC_WRONG_FROM, GC_WRONG_TO)) {
            // The defaults divided percentages the wrong way round; fixed in 28.5.1.
            notes.add("Engines 28.0.0 to 28.5.0 calculate wrong default limits for garbage collection and delete"
                    + " records far too early. Update to 28.5.1");
        }
    }
}
