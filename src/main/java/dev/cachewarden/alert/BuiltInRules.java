package dev.cachewarden.alert;

import dev.cachewarden.notify.Severity;
import dev.cachewarden.policy.LabelSelector;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The built-in rules with their default settings. */
public final class BuiltInRules {

    private static final Duration SHORT = Duration.ofMinutes(10);

    private BuiltInRules() {}

    /** Returns all rules in the order of pages and lists. */
    public static List<AlertRule> all() {
        return Arrays.stream(RuleId.values()).map(BuiltInRules::of).toList();
    }

    /** Returns the default settings of a rule. */
    public static AlertRule of(RuleId id) {
        return switch (id) {
            // A share alone is wrong for very large disks, so the threshold can also be a size.
            case DISK_FREE -> rule(id, SHORT, warning(id, "15%", "20%"), critical(id, "5%", "10%"));
            // An hour has two forecasts, so that one outlier fires nothing.
            case FULL_WITHIN -> rule(id, Duration.ofHours(1), warning(id, "72h", "108h"), critical(id, "12h", "18h"));
            case CACHE_OVER_LIMIT -> rule(id, Duration.ofHours(1), warning(id, "10%", "5%"));
            case RUN_FAILED ->
                rule(id, Duration.ZERO, warning(id, "1 run", "0 runs"), critical(id, "3 runs", "0 runs"));
            case RUN_FREED_LITTLE -> rule(id, Duration.ZERO, warning(id, "10%", "20%"));
            case RUN_MISSED -> rule(id, Duration.ZERO, warning(id, "30m", "0s"));
            case HOST_UNREACHABLE, BUILDER_STOPPED ->
                rule(id, Duration.ZERO, warning(id, "10m", "0s"), critical(id, "1h", "0s"));
            case SAMPLES_TOO_OLD -> rule(id, SHORT, warning(id, "30m", "10m"));
            case EXTERNAL_PRUNE -> rule(id, Duration.ZERO, Map.entry(Severity.INFO, level(id, "1GiB", "512MiB")));
            case HIT_RATE_DROP -> disabled(rule(id, Duration.ofHours(1), warning(id, "20%", "10%")));
            case CHANNEL_BROKEN -> rule(id, Duration.ZERO, warning(id, "1m", "0s"));
            case EXPIRY -> rule(id, Duration.ZERO, warning(id, "30d", "31d"), critical(id, "7d", "8d"));
        };
    }

    @SafeVarargs
    private static AlertRule rule(RuleId id, Duration pendingFor, Map.Entry<Severity, Level>... levels) {
        var all = new EnumMap<Severity, Level>(Severity.class);
        for (var level : levels) {
            all.put(level.getKey(), level.getValue());
        }
        return new AlertRule(id, true, all, pendingFor, LabelSelector.EVERY_HOST);
    }

    private static AlertRule disabled(AlertRule rule) {
        return new AlertRule(rule.id(), false, rule.levels(), rule.pendingFor(), rule.scope());
    }

    private static Map.Entry<Severity, Level> warning(RuleId id, String threshold, String clear) {
        return Map.entry(Severity.WARNING, level(id, threshold, clear));
    }

    private static Map.Entry<Severity, Level> critical(RuleId id, String threshold, String clear) {
        return Map.entry(Severity.CRITICAL, level(id, threshold, clear));
    }

    private static Level level(RuleId id, String threshold, String clear) {
        return new Level(Threshold.parse(threshold, id.units()), Threshold.parse(clear, id.units()));
    }
}
