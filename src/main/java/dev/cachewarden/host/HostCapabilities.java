package dev.cachewarden.host;

import dev.cachewarden.text.CleanText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host is and what can be done with it: the result of one probe.
 *
 * @param probedAt when it was asked
 * @param engineId the engine's own id ({@code ID} of {@code /info}), or the worker's id for a buildkitd; what a destructive call
 *     checks first
 * @param engineVersion such as {@code 28.5.2}; null for a buildkitd
 * @param apiVersion negotiated version of the Engine API, such as {@code 1.51}; null for a buildkitd
 * @param buildkitVersion as BuildKit tells it, or derived from the engine's version where it does not (then ending in
 *     {@code (by engine version)}); null: unknown
 * @param buildKit whether BuildKit is there and whether builds use it
 * @param control how BuildKit's gRPC interface is reached
 * @param dataRoot the engine's folder on its own machine; null: not told
 * @param storageDriver such as {@code overlay2} or {@code overlayfs}; null: not told
 * @param containerdImageStore whether images live in containerd's store, which changes what shared means
 * @param operatingSystem and architecture in words; null: not told
 * @param gcPolicies the builder's own garbage collection; empty: off, or not told (BuildKit before 0.17 within an engine)
 * @param notes findings a person should read, worst first: what cannot be done there and why
 */
public record HostCapabilities(
        Instant probedAt,
        String engineId,
        @Nullable String engineVersion,
        @Nullable String apiVersion,
        @Nullable String buildkitVersion,
        BuildKitUse buildKit,
        ControlAccess control,
        @Nullable String dataRoot,
        @Nullable String storageDriver,
        boolean containerdImageStore,
        @Nullable String operatingSystem,
        List<GcPolicy> gcPolicies,
        List<String> notes) {

    private static final int LONGEST_NOTE = 2_000;

    public HostCapabilities {
        gcPolicies = List.copyOf(gcPolicies);
        notes = notes.stream().map(note -> CleanText.line(note, LONGEST_NOTE)).toList();
    }

    /** Whether builds on a host go through BuildKit. */
    public enum BuildKitUse {
        /** Builds use it unless told otherwise: Engine 23.0 and newer on Linux, and every buildkitd. */
        DEFAULT,
        /** It is there; a build must ask for it ({@code DOCKER_BUILDKIT=1}): Engine 18.09 to 20.10. */
        ON_REQUEST,
        /** It is there, and the engine is set to offer the classic builder first. */
        SWITCHED_OFF,
        /** There is none: engines before 18.09. */
        NONE
    }

    /** The way to {@code moby.buildkit.v1.Control}. */
    public enum ControlAccess {
        /** Plain HTTP/2 on the engine's own listener: Engine 29.2 and newer without TLS. */
        NATIVE,
        /** {@code POST /grpc} with an upgrade to h2c: Engine 19.03 and newer. */
        UPGRADE,
        /** A buildkitd's own listener. */
        DIRECT,
        /** None: only the HTTP API. Records are then deleted one at a time. */
        NONE
    }
}
