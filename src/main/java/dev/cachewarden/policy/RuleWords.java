package dev.cachewarden.policy;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.Selection;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** The description of a rule as a sentence. */
public final class RuleWords {

    private RuleWords() {}

    public static String of(PruneRule rule) {
        return looksAt(rule.selection()) + ": " + what(rule) + floor(rule) + how(rule);
    }

    private static String looksAt(Selection selection) {
        String types = selection.types().isEmpty()
                ? selection.includeInternal() ? "All" : "All except internal and frontend"
                : selection.types().stream().sorted().map(RecordType::name).collect(Collectors.joining(", "));
        String filters =
                selection.filters().stream().map(filter -> " with " + filter).collect(Collectors.joining(" and"));
        return types + filters + (selection.includeShared() ? ", including shared" : "");
    }

    private static String what(PruneRule rule) {
        var given = rule.limits();
        var age = rule.unusedFor();
        String unused = age == null || age.isZero() ? "" : "unused for " + Durations.text(age);
        var limits = new ArrayList<String>();
        if (given.maxUsedSpace() != null) {
            limits.add("above " + full(given.maxUsedSpace()));
        }
        if (given.minFreeSpace() != null) {
            limits.add("while less than " + full(given.minFreeSpace()) + " is free");
        }
        if (!limits.isEmpty()) {
            return rule.order().first() + " " + String.join(" or ", limits)
                    + (unused.isEmpty() ? "" : ", if " + unused);
        }
        if (age == null) {
            return rule.order().first();
        }
        return unused.isEmpty() ? "everything" : unused;
    }

    /** Formats a space with exact bytes, because {@code 10GB} and {@code 10g} are different sizes. */
    private static String full(Space space) {
        return space instanceof Space.Bytes bytes ? space + " (" + bytes.size().exact() + ")" : space.toString();
    }

    private static String floor(PruneRule rule) {
        var reserved = rule.limits().reservedSpace();
        return reserved == null ? "" : ", keeping at least " + full(reserved);
    }

    private static String how(PruneRule rule) {
        String counted = rule.measure() == Measure.WHOLE_CACHE && !rule.limits().none()
                ? "; limits apply to the whole cache"
                : "";
        return counted + (rule.order() == EvictionOrder.BUILDKIT ? "; BuildKit order" : "");
    }
}
