package dev.cachewarden.alert;

import dev.cachewarden.notify.Severity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The notifications about an alert so far.
 *
 * @param at when a notification about the active alert was last stored, or null if there was none
 * @param severity the highest severity that was reported, or null if there was none
 * @param forDigest whether the next digest reports the alert
 */
public record Reported(@Nullable Instant at, @Nullable Severity severity, boolean forDigest) {

    public static final Reported NOTHING = new Reported(null, null, false);

    private static final Duration REPEAT_WARNING = Duration.ofHours(24);
    private static final Duration REPEAT_CRITICAL = Duration.ofHours(4);

    /** The reaction of an evaluation to an alert. */
    enum Action {
        NOTHING,
        /** Sends a firing notification: the first one, a higher severity, or a repetition. */
        FIRE,
        /** Sends a resolved notification. */
        RESOLVE,
        /** Keeps the alert for the digest at the end of the quiet hours. */
        KEEP_FOR_DIGEST
    }

    /** Decides what to send. A resolved alert is reported only if its firing was reported. */
    Action action(Course course, @Nullable Mute mute, boolean quiet, Instant now) {
        return switch (course.state()) {
            case PENDING, NO_DATA -> Action.NOTHING;
            case RESOLVED -> {
                boolean waits = quiet && severity != Severity.CRITICAL;
                yield at == null || waits ? Action.NOTHING : Action.RESOLVE;
            }
            case FIRING -> firing(course, mute, now);
        };
    }

    private Action firing(Course course, @Nullable Mute mute, Instant now) {
        if (mute == null) {
            return (forDigest && course.severity() != Severity.CRITICAL) || !due(course, now)
                    ? Action.NOTHING
                    : Action.FIRE;
        }
        return mute.kind() == Mute.Kind.QUIET_HOURS && at == null && !forDigest
                ? Action.KEEP_FOR_DIGEST
                : Action.NOTHING;
    }

    private boolean due(Course course, Instant now) {
        if (at == null || severity == null || course.severity().compareTo(severity) > 0) {
            return true;
        }
        var repeat = course.severity() == Severity.CRITICAL ? REPEAT_CRITICAL : REPEAT_WARNING;
        return course.severity() != Severity.INFO && !now.isBefore(at.plus(repeat));
    }

    Reported fired(Severity as, Instant now) {
        return new Reported(now, severity == null || as.compareTo(severity) > 0 ? as : severity, false);
    }

    Reported keptForDigest() {
        return new Reported(at, severity, true);
    }
}
