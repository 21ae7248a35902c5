package dev.cachewarden.host;

import dev.cachewarden.text.CleanText;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties and capabilities of a host: the result of one probe.
 *
 * @param probedAt time of the probe
 * @param engineId the engine's own ID ({@code ID} of {@code /info}), or the worker's ID for a buildkitd; a destructive call verifies it
 *     first
 * @param engineVersion such as {@code 28.5.2}, or null for a buildkitd
 * @param apiVersion negotiated version of the Engine API, such as {@code 1.51}, or null for a buildkitd
 * @param buildkitVersion version reported by BuildKit, or derived from the engine's version (then with the suffix
 *     {@code (by engine version)}), or null if unknown
 * @param buildKit whether BuildKit is available, and whether builds use it
 * @param control access to BuildKit's gRPC interface
 * @param dataRoot the engine's data directory on its own machine, or null if not reported
 * @param storageDriver such as {@code overlay2} or {@code overlayfs}, or null if not reported
 * @param containerdImageStore true if containerd stores the images, which changes the meaning of shared
 * @param operatingSystem operating system and architecture, or null if not reported
 * @param gcPolicies the builder's own garbage collection; empty if disabled or not reported (BuildKit before 0.17 within an engine)
 * @param notes warnings for users about limitations and their reasons, with the most severe first
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

    /** The use of BuildKit by the builds of a host. */
    public enum BuildKitUse {
        /** Builds use BuildKit by default: Engine 23.0 and later on Linux, and every buildkitd. */
        DEFAULT,
        /** BuildKit is available, but a build must request it ({@code DOCKER_BUILDKIT=1}): Engine 18.09 to 20.10. */
        ON_REQUEST,
        /** BuildKit is available, but the engine is configured to offer the classic builder first. */
        DISABLED,
        /** BuildKit is not available: engines before 18.09. */
        NONE
    }

    /** The access to {@code moby.buildkit.v1.Control}. */
    public enum ControlAccess {
        /** Plain HTTP/2 on the engine's own listener: Engine 29.2 and later without TLS. */
        NATIVE,
        /** {@code POST /grpc} with an upgrade to h2c: Engine 19.03 and later. */
        UPGRADE,
        /** A buildkitd's own listener. */
        DIRECT,
        /** No access; only the HTTP API is available. Cachewarden then deletes records one at a time. */
        NONE
    }
}
