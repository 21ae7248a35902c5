package dev.cachewarden.prune.policy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.prune.PolicyInput;
import dev.cachewarden.prune.PolicyMode;
import dev.cachewarden.prune.plan.Ceiling;
import dev.cachewarden.prune.plan.Filter;
import dev.cachewarden.prune.plan.PruneRule;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A policy that was read and found good, not yet stored. */
record PolicyDraft(
        String name,
        PolicyMode mode,
        boolean enabled,
        Map<String, String> scope,
        List<PruneRule> rules,
        List<Filter> pins,
        @Nullable CronSchedule schedule,
        @Nullable String cron,
        ZoneId timeZone,
        Ceiling ceiling,
        @Nullable ByteSize approveAbove) {

    private static final int LONGEST_NAME = 100;
    private static final int MOST_LABELS = 32;
    private static final Pattern LABEL_PART = Pattern.compile("[\\p{L}\\p{N}._-]{1,63}");

    /** @throws dev.cachewarden.rest.InvalidInputException naming every field that cannot be accepted */
    static PolicyDraft of(PolicyInput input) {
        var problems = new InputProblems();
        String name = name(input.name(), problems);
        var mode = problems.read("mode", input.mode(), PolicyDraft::mode);
        checkScope(input.scope(), problems);
        var rules = RuleReader.rules(input.rules(), problems);
        var pins = RuleReader.filters("pins", input.pins(), problems);
        var zone = zone(input.timeZone(), problems);
        var schedule = problems.read("cron", input.cron(), cron -> CronSchedule.parse(cron, zone));
        var ceiling = RuleReader.ceiling(input.ceiling(), problems);
        var approveAbove = problems.read("approveAbove", input.approveAbove(), ByteSize::parse);
        problems.throwIfAny();
        return new PolicyDraft(
                name,
                mode == null ? PolicyMode.REPORT : mode,
                input.enabled(),
                input.scope(),
                rules,
                pins,
                schedule,
                schedule == null ? null : Objects.requireNonNull(input.cron()).strip(),
                zone,
                Objects.requireNonNull(ceiling),
                approveAbove);
    }

    /** When it fires next; null: disabled, or by hand only. */
    @Nullable
    Instant nextFire(Instant after) {
        return enabled && schedule != null ? schedule.next(after) : null;
    }

    private static String name(@Nullable String text, InputProblems problems) {
        String name = text == null ? "" : text.strip();
        if (name.isEmpty()) {
            problems.add("name", "is missing; a policy needs a name");
        } else if (name.length() > LONGEST_NAME) {
            problems.add("name", "has " + name.length() + " characters; " + LONGEST_NAME + " are the most");
        }
        return name;
    }

    private static PolicyMode mode(String text) {
        for (var mode : PolicyMode.values()) {
            if (mode.name().equalsIgnoreCase(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not a mode; write REPORT or ENFORCE");
    }

    static ZoneId zone(@Nullable String text, InputProblems problems) {
        var zone = problems.read("timeZone", text, PolicyDraft::zone);
        return zone == null ? ZoneOffset.UTC : zone;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a time zone; write one like Europe/Berlin, UTC or +02:00", e);
        }
    }

    private static void checkScope(Map<String, String> scope, InputProblems problems) {
        if (scope.size() > MOST_LABELS) {
            problems.add("scope", "has " + scope.size() + " labels; " + MOST_LABELS + " are the most");
        }
        scope.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(label -> {
            if (!LABEL_PART.matcher(label.getKey()).matches()
                    || !LABEL_PART.matcher(label.getValue()).matches()) {
                problems.add(
                        "scope",
                        "'" + label.getKey() + "=" + label.getValue()
                                + "' is not a label; write key=value, both of letters, digits, dots, dashes and underscores");
            }
        });
    }
}
