package dev.cachewarden.alert;

import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.alert.Value.Unknown;
import dev.cachewarden.notify.Severity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The life cycle of an alert: inactive, pending, firing, and resolved, or without data. It depends on the time that passed between
 * evaluations, so a jump of the clock or a stop of the service fires and ends no alert.
 */
public final class AlertCycle {

    /** The longest time between two evaluations that counts as observed. */
    public static final Duration LONGEST_STEP = Duration.ofMinutes(2);

    private AlertCycle() {}

    /** Returns the time that passed between two evaluations, as far as it was observed: never negative, at most two minutes. */
    public static Duration elapsed(@Nullable Instant last, Instant now) {
        if (last == null || !now.isAfter(last)) {
            return Duration.ZERO;
        }
        var between = Duration.between(last, now);
        return between.compareTo(LONGEST_STEP) > 0 ? LONGEST_STEP : between;
    }

    /**
     * Returns the next state of an alert, or null if it becomes inactive.
     *
     * @param before the state so far, or null if the alert is inactive
     * @param elapsed the time since the last evaluation, as {@link #elapsed} returns it
     */
    public static @Nullable Course next(
            AlertRule rule, @Nullable Course before, Value value, Duration elapsed, Instant now) {
        return switch (value) {
            case Unknown unknown -> withoutData(rule, before, now);
            case Measured measured -> {
                boolean active = before != null && before.active();
                var severity = rule.severity(measured, before != null && active ? before.severity() : null);
                if (severity == null) {
                    yield calm(before, now);
                }
                yield before != null && active
                        ? keepFiring(rule, before, severity, elapsed, now)
                        : wait(rule, before, severity, elapsed, now);
            }
        };
    }

    /** Returns the state of an alert that the rules no longer watch, for example because its rule is disabled; null if it never fired. */
    public static @Nullable Course unwatched(Course before, Instant now) {
        return calm(before, now);
    }

    private static @Nullable Course withoutData(AlertRule rule, @Nullable Course before, Instant now) {
        if (before == null) {
            var severity = rule.levels().keySet().stream().findFirst().orElse(Severity.INFO);
            return new Course(AlertState.NO_DATA, severity, now, Duration.ZERO, null, null, 0);
        }
        return switch (before.state()) {
            case NO_DATA, RESOLVED -> before;
            case PENDING ->
                before.resolvedAt() == null
                        ? before.with(AlertState.NO_DATA, before.severity(), now, Duration.ZERO)
                        : backToResolved(before);
            case FIRING -> before.with(AlertState.NO_DATA, before.severity(), now, Duration.ZERO);
        };
    }

    private static @Nullable Course calm(@Nullable Course before, Instant now) {
        if (before == null) {
            return null;
        }
        if (before.active()) {
            return before.resolve(now);
        }
        if (before.state() == AlertState.RESOLVED) {
            return before;
        }
        return before.resolvedAt() == null ? null : backToResolved(before);
    }

    private static Course backToResolved(Course before) {
        var resolved = before.resolvedAt() == null ? before.since() : before.resolvedAt();
        return before.with(AlertState.RESOLVED, before.severity(), resolved, Duration.ZERO);
    }

    private static Course keepFiring(AlertRule rule, Course before, Severity severity, Duration elapsed, Instant now) {
        int order = severity.compareTo(before.severity());
        if (before.state() == AlertState.FIRING && order > 0) {
            var held = before.held().plus(elapsed);
            return held.compareTo(rule.pendingFor()) >= 0
                    ? before.with(AlertState.FIRING, severity, now, Duration.ZERO)
                    : before.with(AlertState.FIRING, before.severity(), before.since(), held);
        }
        boolean same = before.state() == AlertState.FIRING && order == 0;
        return before.with(
                AlertState.FIRING,
                order > 0 ? before.severity() : severity,
                same ? before.since() : now,
                Duration.ZERO);
    }

    private static Course wait(
            AlertRule rule, @Nullable Course before, Severity severity, Duration elapsed, Instant now) {
        var pending = before != null && before.state() == AlertState.PENDING
                ? before.with(
                        AlertState.PENDING,
                        lower(severity, before.severity()),
                        before.since(),
                        before.held().plus(elapsed))
                : begin(before, severity, now);
        return pending.held().compareTo(rule.pendingFor()) >= 0 ? pending.fire(pending.severity(), now) : pending;
    }

    private static Course begin(@Nullable Course before, Severity severity, Instant now) {
        return before == null
                ? new Course(AlertState.PENDING, severity, now, Duration.ZERO, null, null, 0)
                : before.with(AlertState.PENDING, severity, now, Duration.ZERO);
    }

    private static Severity lower(Severity one, Severity other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
