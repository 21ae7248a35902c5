package dev.cachewarden.alert;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.policy.LabelSelector;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a rule as users write them. An absent setting has the default of the rule.
 *
 * @param enabled true if the rule can fire
 * @param info the level without need for action; a threshold of {@code none} disables a level
 * @param warning the level that users should react to within days
 * @param critical the level that users should react to now
 * @param pendingFor how long a value must be beyond a threshold before the alert fires; a duration such as {@code 10m}
 * @param scope conditions on the labels of hosts, such as {@code env=ci}; empty for every host
 */
public record RuleDocument(
        @Nullable Boolean enabled,
        @Nullable Levels info,
        @Nullable Levels warning,
        @Nullable Levels critical,
        @Nullable String pendingFor,
        @Nullable String scope) {

    /** The threshold that disables a level. */
    public static final String NONE = "none";

    private static final Duration LONGEST = Duration.ofDays(7);

    /**
     * The thresholds of a severity, with units.
     *
     * @param threshold the value beyond which the alert fires, such as {@code 15%}
     * @param clear the value at which the alert ends, or null for the threshold itself
     */
    public record Levels(
            @Nullable String threshold, @Nullable String clear) {}

    /** Returns the complete settings of a rule. */
    public static RuleDocument of(AlertRule rule) {
        return new RuleDocument(
                rule.enabled(),
                written(rule, Severity.INFO),
                written(rule, Severity.WARNING),
                written(rule, Severity.CRITICAL),
                Durations.format(rule.pendingFor()),
                rule.scope().toString());
    }

    private static Levels written(AlertRule rule, Severity severity) {
        var level = rule.levels().get(severity);
        return level == null
                ? new Levels(NONE, null)
                : new Levels(level.threshold().toString(), level.clear().toString());
    }

    /**
     * Validates the settings.
     *
     * @throws InvalidInputException naming every invalid field
     */
    public AlertRule read(RuleId id) {
        var defaults = BuiltInRules.of(id);
        var problems = new ArrayList<FieldProblem>();
        var levels = new EnumMap<Severity, Level>(Severity.class);
        level(Severity.INFO, info, defaults, levels, problems);
        level(Severity.WARNING, warning, defaults, levels, problems);
        level(Severity.CRITICAL, critical, defaults, levels, problems);
        order(id, levels, problems);
        var wait = pendingFor(defaults, problems);
        var hosts = scope(defaults, problems);
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return new AlertRule(id, enabled == null ? defaults.enabled() : enabled, levels, wait, hosts);
    }

    private static void level(
            Severity severity,
            @Nullable Levels written,
            AlertRule defaults,
            Map<Severity, Level> levels,
            List<FieldProblem> problems) {
        var usual = defaults.levels().get(severity);
        if (written == null || written.threshold() == null) {
            if (usual != null) {
                levels.put(severity, usual);
            } else if (written != null && written.clear() != null) {
                problems.add(new FieldProblem(field(severity, "threshold"), "is missing"));
            }
            return;
        }
        if (written.threshold().strip().equals(NONE)) {
            return;
        }
        var threshold = threshold(field(severity, "threshold"), written.threshold(), defaults.id(), problems);
        var clear = written.clear() == null || written.clear().isBlank()
                ? threshold
                : threshold(field(severity, "clear"), written.clear(), defaults.id(), problems);
        if (threshold != null && clear != null && consistent(severity, defaults.id(), threshold, clear, problems)) {
            levels.put(severity, new Level(threshold, clear));
        }
    }

    private static String field(Severity severity, String name) {
        return severity.name().toLowerCase(Locale.ROOT) + "." + name;
    }

    private static @Nullable Threshold threshold(String field, String text, RuleId id, List<FieldProblem> problems) {
        try {
            return Threshold.parse(text, id.units());
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem(field, String.valueOf(e.getMessage())));
            return null;
        }
    }

    private static boolean consistent(
            Severity severity, RuleId id, Threshold threshold, Threshold clear, List<FieldProblem> problems) {
        String field = field(severity, "clear");
        String other = field(severity, "threshold");
        if (threshold.unit() != clear.unit()) {
            problems.add(new FieldProblem(
                    field, "is " + clear + ", but " + other + " is " + threshold + "; use the same unit for both"));
            return false;
        }
        boolean above = id.direction() == RuleId.Direction.ABOVE;
        if (above ? clear.amount() > threshold.amount() : clear.amount() < threshold.amount()) {
            problems.add(new FieldProblem(
                    field,
                    "is " + clear + ", which is beyond " + other + " (" + threshold
                            + "), so the alert would end while its value is still beyond the threshold; use a value "
                            + (above ? "at or below " : "at or above ") + threshold));
            return false;
        }
        return true;
    }

    private static void order(RuleId id, Map<Severity, Level> levels, List<FieldProblem> problems) {
        Map.Entry<Severity, Level> milder = null;
        for (var entry : levels.entrySet()) {
            if (milder != null
                    && contradicts(
                            id, milder.getValue().threshold(), entry.getValue().threshold())) {
                problems.add(new FieldProblem(
                        field(entry.getKey(), "threshold"),
                        "is " + entry.getValue().threshold() + ", so it is reached before "
                                + field(milder.getKey(), "threshold") + " ("
                                + milder.getValue().threshold() + "); change one of them"));
            }
            milder = entry;
        }
    }

    private static boolean contradicts(RuleId id, Threshold milder, Threshold stronger) {
        int order = Double.compare(stronger.amount(), milder.amount());
        return milder.unit() == stronger.unit() && (id.direction() == RuleId.Direction.ABOVE ? order < 0 : order > 0);
    }

    private Duration pendingFor(AlertRule defaults, List<FieldProblem> problems) {
        if (pendingFor == null || pendingFor.isBlank()) {
            return defaults.pendingFor();
        }
        try {
            var wait = Durations.parse(pendingFor);
            if (wait.compareTo(LONGEST) > 0) {
                problems.add(new FieldProblem("pendingFor", "must be at most 7d"));
            }
            return wait;
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem("pendingFor", String.valueOf(e.getMessage())));
            return defaults.pendingFor();
        }
    }

    private LabelSelector scope(AlertRule defaults, List<FieldProblem> problems) {
        try {
            return scope == null ? defaults.scope() : LabelSelector.parse(scope);
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem("scope", String.valueOf(e.getMessage())));
            return defaults.scope();
        }
    }
}
