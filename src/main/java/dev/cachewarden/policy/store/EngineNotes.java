package dev.cachewarden.policy.store;

import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView.Content;
import dev.cachewarden.policy.Triggers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes about features that the garbage collection of every engine lacks, regardless of the file format. */
final class EngineNotes {

    private EngineNotes() {}

    static List<String> of(Content policy) {
        var notes = new ArrayList<String>();
        notes.add(
                "The engine collects garbage automatically after builds, without a preview, a history, or a way to cancel.");
        if (policy.mode() == PolicyMode.REPORT) {
            notes.add("The policy is in report mode, but an engine with these rules deletes records.");
        }
        if (!policy.scope().everyHost()) {
            notes.add("The file does not include the scope " + policy.scope() + ". Install it only on those hosts.");
        }
        notes.add("The engine has no limit per run (" + policy.limitPerRun() + ")"
                + (policy.approveAbove() == null ? "." : " and no approval (above " + policy.approveAbove() + ")."));
        triggers(policy.triggers(), notes);
        if (!policy.guards().equals(RunGuards.NONE)) {
            notes.add("The engine has no run guards: it does not wait for builds or pause between batches.");
        }
        if (!policy.pins().isEmpty()) {
            notes.add("The engine has no pins and may delete records that match " + policy.pins() + ".");
        }
        return notes;
    }

    private static void triggers(Triggers triggers, List<String> notes) {
        if (triggers.cron() != null) {
            notes.add("The engine has no schedule (" + triggers.cron() + ", " + triggers.timeZone() + ").");
        }
        if (triggers.watermark() != null) {
            notes.add("The engine has no watermark, so the rules do not include it (" + triggers.watermark() + ").");
        }
        if (triggers.window() != null) {
            notes.add("The engine has no maintenance window (" + triggers.window() + ").");
        }
    }

    /** Returns why a rule cannot be exported to any engine, or null if it can. */
    static @Nullable String unsafe(PruneRule rule) {
        return rule.limits().none()
                        && (rule.unusedFor() == null || rule.unusedFor().isZero())
                ? "it deletes all records, and an engine would apply it repeatedly"
                : null;
    }

    /** Adds notes about rules that mean something else to an engine than to Cachewarden. */
    static void differences(int number, PruneRule rule, List<String> notes) {
        if (rule.measure() == Measure.SELECTION
                && !rule.limits().none()
                && !(rule.selection().types().isEmpty()
                        && rule.selection().filters().isEmpty())) {
            notes.add("Rule " + number + ": the engine applies its limits to the whole cache, not only to the records"
                    + " that the rule selects, so it deletes more.");
        }
        if (rule.order() != EvictionOrder.BUILDKIT && !rule.limits().none()) {
            notes.add("Rule " + number + ": BuildKit orders records by last use and number of uses.");
        }
        var selection = rule.selection();
        if (selection.includeShared() != selection.includeInternal()) {
            notes.add("Rule " + number
                    + ": engines include shared and internal records only together, so the file includes neither.");
        }
    }

    /** Formats a duration in a form that Go reads. */
    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds + "s";
    }
}
