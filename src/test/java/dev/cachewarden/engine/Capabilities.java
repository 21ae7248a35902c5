package dev.cachewarden.engine;

import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostCapabilities.BuildKitUse;
import dev.cachewarden.host.HostCapabilities.ControlAccess;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a probe would have found. */
final class Capabilities {

    static final String ENGINE_ID = "958a9eeb-33fa-49f1-9936-118ed765a455";

    private Capabilities() {}

    /** An engine without gRPC. */
    static HostCapabilities ofEngine(String apiVersion) {
        return of(ENGINE_ID, apiVersion, ControlAccess.NONE);
    }

    static HostCapabilities of(String engineId, @Nullable String apiVersion, ControlAccess control) {
        return new HostCapabilities(
                Instant.parse("2026-11-20T08:00:00Z"),
                engineId,
                null,
                apiVersion,
                null,
                BuildKitUse.DEFAULT,
                control,
                null,
                null,
                false,
                null,
                List.of(),
                List.of());
    }
}
