package dev.cachewarden.host.web;

import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.ProbeResult;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ProbeResult} in JSON.
 *
 * @param capabilities properties of the host, or null unless reached
 * @param disk reading of its disk from the given source, or null unless reached
 * @param cause kind of the problem, or null if reached
 * @param message what happened and what to do, or null if reached
 * @param reached whether the host responded
 */
record ProbeResponse(
        boolean reached,
        @Nullable CapabilitiesResponse capabilities,
        @Nullable DiskResponse disk,
        HostProblem.@Nullable Cause cause,
        @Nullable String message) {

    /** @param disk reading of the disk, or null unless reached */
    static ProbeResponse of(ProbeResult result, @Nullable DiskReading disk) {
        return switch (result) {
            case ProbeResult.Reached reached ->
                new ProbeResponse(
                        true,
                        CapabilitiesResponse.of(reached.capabilities()),
                        disk == null ? null : DiskResponse.of(disk),
                        null,
                        null);
            case ProbeResult.Failed failed ->
                new ProbeResponse(
                        false,
                        null,
                        null,
                        failed.problem().cause(),
                        failed.problem().message());
        };
    }
}
