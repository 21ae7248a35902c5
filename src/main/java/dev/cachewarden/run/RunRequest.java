package dev.cachewarden.run;

import dev.cachewarden.rest.Caller;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request for a run.
 *
 * @param by the user who requests it
 * @param countdown the time before it starts, during which it can be canceled; null for the countdown that is set for manual runs
 * @param idempotencyKey a repeated request with the same key returns the first run; null for none
 */
public record RunRequest(
        Caller by, @Nullable Duration countdown, @Nullable String idempotencyKey) {

    /** Returns a manual request with the default countdown. */
    public static RunRequest by(Caller caller) {
        return new RunRequest(caller, null, null);
    }
}
