package dev.cachewarden.host.web;

import dev.cachewarden.host.GcPolicy;
import dev.cachewarden.host.HostCapabilities;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link HostCapabilities} in JSON. */
record CapabilitiesResponse(
        Instant probedAt,
        String engineId,
        @Nullable String engineVersion,
        @Nullable String apiVersion,
        @Nullable String buildkitVersion,
        HostCapabilities.BuildKitUse buildKit,
        HostCapabilities.ControlAccess control,
        @Nullable String dataRoot,
        @Nullable String storageDriver,
        boolean containerdImageStore,
        @Nullable String operatingSystem,
        List<GcPolicyResponse> gcPolicies,
        List<String> notes) {

    /**
     * A {@link GcPolicy} in JSON.
     *
     * @param all whether the policy applies to all records
     */
    record GcPolicyResponse(
            boolean all,
            List<String> filters,
            Duration keepDuration,
            long reservedSpaceBytes,
            long maxUsedSpaceBytes,
            long minFreeSpaceBytes) {}

    static CapabilitiesResponse of(HostCapabilities found) {
        return new CapabilitiesResponse(
                found.probedAt(),
                found.engineId(),
                found.engineVersion(),
                found.apiVersion(),
                found.buildkitVersion(),
                found.buildKit(),
                found.control(),
                found.dataRoot(),
                found.storageDriver(),
                found.containerdImageStore(),
                found.operatingSystem(),
                found.gcPolicies().stream().map(CapabilitiesResponse::of).toList(),
                found.notes());
    }

    private static GcPolicyResponse of(GcPolicy policy) {
        return new GcPolicyResponse(
                policy.all(),
                policy.filters(),
                policy.keepDuration(),
                policy.reservedSpace().bytes(),
                policy.maxUsedSpace().bytes(),
                policy.minFreeSpace().bytes());
    }
}
