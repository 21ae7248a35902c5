package dev.cachewarden.prune;

import dev.cachewarden.rest.Caller;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A wish to run.
 *
 * @param by who asks
 * @param countdown how long it can be called off before it starts; null: as set for runs by hand
 * @param idempotencyKey a repeat with the same key gives the first run again; null: none
 */
public record RunRequest(
        Caller by, @Nullable Duration countdown, @Nullable String idempotencyKey) {

    /** By hand with the usual countdown. */
    public static RunRequest by(Caller caller) {
        return new RunRequest(caller, null, null);
    }
}
