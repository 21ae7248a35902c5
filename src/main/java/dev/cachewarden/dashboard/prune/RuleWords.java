package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.plan.PruneRule;
import java.util.stream.Collectors;

/** What a rule does, as a sentence. */
final class RuleWords {

    private RuleWords() {}

    static String of(PruneRule rule) {
        return types(rule) + ": " + what(rule) + floor(rule);
    }

    private static String types(PruneRule rule) {
        return rule.types().isEmpty()
                ? "All but internal and frontend"
                : rule.types().stream().sorted().map(RecordType::name).collect(Collectors.joining(", "));
    }

    private static String what(PruneRule rule) {
        var age = rule.unusedFor();
        String unused = age == null || age.isZero() ? "" : "unused for " + Durations.format(age);
        if (rule.maxUsedSpace() != null) {
            return "the least recently used above " + rule.maxUsedSpace() + (unused.isEmpty() ? "" : ", if " + unused);
        }
        if (age == null) {
            return "the least recently used";
        }
        return unused.isEmpty() ? "everything" : unused;
    }

    private static String floor(PruneRule rule) {
        return rule.reservedSpace() == null ? "" : ", down to " + rule.reservedSpace() + " and no further";
    }
}
