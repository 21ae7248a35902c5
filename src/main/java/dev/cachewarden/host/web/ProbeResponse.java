package dev.cachewarden.host.web;

import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ProbeResult} in JSON.
 *
 * @param capabilities what was found; null unless reached
 * @param cause by kind; null if reached
 * @param message what is wrong and what to do next; null if reached
 */
record ProbeResponse(
        boolean reached,
        @Nullable CapabilitiesResponse capabilities,
        Trouble.@Nullable Cause cause,
        @Nullable String message) {

    static ProbeResponse of(ProbeResult result) {
        return switch (result) {
            case ProbeResult.Reached reached ->
                new ProbeResponse(true, CapabilitiesResponse.of(reached.capabilities()), null, null);
            case ProbeResult.Failed failed ->
                new ProbeResponse(
                        false, null, failed.trouble().cause(), failed.trouble().message());
        };
    }
}
