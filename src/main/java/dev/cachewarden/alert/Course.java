package dev.cachewarden.alert;

import dev.cachewarden.notify.Severity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The progress of an alert.
 *
 * @param severity the current severity; if the alert is pending, the one that it will fire with
 * @param since when this state began
 * @param held how long the value has been beyond the threshold of the next state or severity, measured in evaluations, not by the clock
 * @param firingSince when the alert began to fire, or null if it never did
 * @param resolvedAt when the alert last ended, or null if it never did
 * @param reopened how often it fired again after it was resolved
 */
public record Course(
        AlertState state,
        Severity severity,
        Instant since,
        Duration held,
        @Nullable Instant firingSince,
        @Nullable Instant resolvedAt,
        int reopened) {

    /** Returns whether the alert fires, possibly without current data. */
    public boolean active() {
        return state == AlertState.FIRING || (state == AlertState.NO_DATA && firingSince != null && resolvedAt == null);
    }

    Course with(AlertState next, Severity as, Instant from, Duration wait) {
        return new Course(next, as, from, wait, firingSince, resolvedAt, reopened);
    }

    Course fire(Severity as, Instant now) {
        return new Course(
                AlertState.FIRING,
                as,
                now,
                Duration.ZERO,
                firingSince == null ? now : firingSince,
                null,
                resolvedAt == null ? reopened : reopened + 1);
    }

    Course resolve(Instant now) {
        return new Course(AlertState.RESOLVED, severity, now, Duration.ZERO, firingSince, now, reopened);
    }
}
