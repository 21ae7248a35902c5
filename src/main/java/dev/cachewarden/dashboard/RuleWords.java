package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.plan.PruneRule;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Tells prune rules, and why records stay, as sentences; {@code @ruleWords} in templates. */
@Component("ruleWords")
public class RuleWords {

    private static final Map<String, String> KEPT = Map.ofEntries(
            Map.entry("IN_USE", "in use by a running build"),
            Map.entry("SHARED", "shared with an image: deleting them frees nothing"),
            Map.entry("UNUSABLE_ID", "with an id that cannot be named safely"),
            Map.entry("SPARED_TYPE", "internal or frontend, which go only where a rule names them"),
            Map.entry("NOT_SELECTED", "that no rule looks at"),
            Map.entry("USED_WITHIN", "used too recently"),
            Map.entry("AGE_UNKNOWN", "whose last use the builder does not tell"),
            Map.entry("UNDER_MAX_USED_SPACE", "for which there is room"),
            Map.entry("RESERVED_FLOOR", "within the reserved space"),
            Map.entry("HELD_BY_CHILD", "held by a child that stays"),
            Map.entry("FREED_TOO_LATE", "whose children go by a later rule; they can go next time"),
            Map.entry("CEILING_REACHED", "beyond the ceiling of one run"));

    /** Such as {@code Deletes exec.cachemount unused for 14d, least recently used first, while they take more than 5.0 GiB}. */
    public String of(PruneRule rule) {
        var parts = new ArrayList<String>();
        parts.add("Deletes " + subject(rule));
        if (rule.unusedFor() != null && !rule.unusedFor().isZero()) {
            parts.add("unused for " + Durations.format(rule.unusedFor()));
        }
        if (rule.maxUsedSpace() != null) {
            parts.add("least recently used first, while they take more than " + rule.maxUsedSpace());
        }
        if (rule.reservedSpace() != null) {
            parts.add(
                    rule.maxUsedSpace() == null && rule.unusedFor() == null
                            ? "least recently used first, down to " + rule.reservedSpace()
                            : "but never below " + rule.reservedSpace());
        }
        return parts.stream().limit(2).collect(Collectors.joining(" "))
                + parts.stream().skip(2).map(part -> ", " + part).collect(Collectors.joining())
                + ".";
    }

    private static String subject(PruneRule rule) {
        return rule.types().isEmpty()
                ? "records of all types but internal and frontend"
                : rule.types().stream().map(RecordType::name).sorted().collect(Collectors.joining(", "));
    }

    /** What the records of a reason are, to go after their number. */
    public String kept(String code) {
        return KEPT.getOrDefault(code, code);
    }
}
