package dev.cachewarden.policy;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyView.Content;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A difference between two versions, as text.
 *
 * @param what the name of the field on pages
 * @param before the previous value as text, or empty if there was none
 * @param after the new value, in the same form
 */
public record PolicyChange(String what, String before, String after) {

    /**
     * Returns all differences, in the order of the form.
     *
     * @param ruleWords formats a rule as text
     */
    public static List<PolicyChange> between(Content before, Content after, Function<PruneRule, String> ruleWords) {
        var found = new Found();
        found.add("Name", before.name(), after.name());
        found.add("Mode", before.mode(), after.mode());
        found.add("Enabled", yes(before.enabled()), yes(after.enabled()));
        found.add("Scope", before.scope(), after.scope(), "all hosts");
        found.add("Priority", before.priority(), after.priority());
        found.rules(before.rules(), after.rules(), ruleWords);
        found.add("Pins", joined(before.pins()), joined(after.pins()));
        found.triggers(before.triggers(), after.triggers());
        found.add("Limit per run", before.ceiling(), after.ceiling());
        found.add("Approval threshold", before.approveAbove(), after.approveAbove());
        found.guards(before.guards(), after.guards());
        return found.changes;
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining("; "));
    }

    private static final class Found {

        static final String AS_SET = "as in the server settings";

        final List<PolicyChange> changes = new ArrayList<>();

        void add(String what, @Nullable Object before, @Nullable Object after) {
            add(what, before, after, "");
        }

        /** Adds a difference. It compares values and not texts, because two different sizes can have the same text. */
        void add(String what, @Nullable Object before, @Nullable Object after, String none) {
            if (!Objects.equals(before, after)) {
                changes.add(new PolicyChange(what, words(before, none), words(after, none)));
            }
        }

        private static String words(@Nullable Object value, String none) {
            String text = value == null ? "" : value.toString();
            return text.isEmpty() ? none : text;
        }

        void rules(List<PruneRule> before, List<PruneRule> after, Function<PruneRule, String> words) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                var was = i < before.size() ? before.get(i) : null;
                var is = i < after.size() ? after.get(i) : null;
                if (!Objects.equals(was, is)) {
                    changes.add(new PolicyChange(
                            "Rule " + (i + 1), was == null ? "" : words.apply(was), is == null ? "" : words.apply(is)));
                }
            }
        }

        void guards(RunGuards before, RunGuards after) {
            add("Wait for builds", written(before.waitForBuilds()), written(after.waitForBuilds()), AS_SET);
            add("Stop after failures", before.stopAfterFailures(), after.stopAfterFailures(), AS_SET);
            add("Batch size", before.batchSize(), after.batchSize(), AS_SET);
            add(
                    "Pause between batches",
                    written(before.pauseBetweenBatches()),
                    written(after.pauseBetweenBatches()),
                    AS_SET);
        }

        private static @Nullable String written(@Nullable Duration duration) {
            return duration == null ? null : Durations.exact(duration);
        }

        void triggers(Triggers before, Triggers after) {
            add("Schedule", before.cron(), after.cron(), "none");
            add("Time zone", before.timeZone(), after.timeZone());
            add("Watermark", before.watermark(), after.watermark(), "none");
            add("After builds", yes(before.afterBuilds()), yes(after.afterBuilds()));
            add("Maintenance window", before.window(), after.window(), "any time");
        }
    }
}
