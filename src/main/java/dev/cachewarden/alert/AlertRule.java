package dev.cachewarden.alert;

import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.policy.LabelSelector;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule with its settings.
 *
 * @param levels the thresholds by severity; without any, the rule never fires
 * @param pendingFor how long a value must be beyond the threshold before the alert fires; zero or more
 * @param scope the hosts that the rule applies to. It does not limit alerts without a host.
 */
public record AlertRule(
        RuleId id, boolean enabled, Map<Severity, Level> levels, Duration pendingFor, LabelSelector scope) {

    public AlertRule {
        var sorted = new EnumMap<Severity, Level>(Severity.class);
        sorted.putAll(levels);
        levels = Collections.unmodifiableMap(sorted);
    }

    /**
     * Returns the severity of a value, or null if no alert should be active.
     *
     * @param active the severity of the active alert, or null if there is none; it remains until the value reaches its clear value
     */
    @Nullable
    Severity severity(Measured value, @Nullable Severity active) {
        Severity found = null;
        for (var entry : levels.entrySet()) {
            var level = entry.getValue();
            boolean held = active != null && active.compareTo(entry.getKey()) >= 0;
            if (breached(level, value) || (held && !cleared(level, value))) {
                found = entry.getKey();
            }
        }
        return found;
    }

    private boolean breached(Level level, Measured value) {
        var amount = value.in(level.threshold().unit());
        if (amount.isEmpty()) {
            return false;
        }
        return id.direction() == RuleId.Direction.ABOVE
                ? amount.getAsDouble() >= level.threshold().amount()
                : amount.getAsDouble() < level.threshold().amount();
    }

    private boolean cleared(Level level, Measured value) {
        var amount = value.in(level.clear().unit());
        if (amount.isEmpty()) {
            return false;
        }
        return id.direction() == RuleId.Direction.ABOVE
                ? amount.getAsDouble() <= level.clear().amount()
                : amount.getAsDouble() >= level.clear().amount();
    }

    /** Returns a level as text: {@code below 15%, ends at 20%}. */
    public String text(Level level) {
        String side = id.direction() == RuleId.Direction.BELOW ? "below " : "at least ";
        return side + level.threshold().text() + ", ends at " + level.clear().text();
    }

    /** Returns the bytes between a value and the clear value, or 0 if the rule does not measure bytes or the severity has no level. */
    long missingBytes(Measured value, Severity severity) {
        var level = levels.get(severity);
        if (level == null || value.unit() != Threshold.Unit.BYTES) {
            return 0;
        }
        double clear = level.clear().unit() == Threshold.Unit.PERCENT
                ? level.clear().amount() * value.whole() / 100
                : level.clear().amount();
        double missing = id.direction() == RuleId.Direction.BELOW ? clear - value.amount() : value.amount() - clear;
        return Math.max(0, Math.round(missing));
    }
}
