package dev.cachewarden.policy.export;

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
                "An engine collects garbage by itself after builds: there is no preview, no history and no way to stop it.");
        if (policy.mode() == PolicyMode.REPORT) {
            notes.add("The policy only reports; an engine with these rules deletes.");
        }
        if (!policy.scope().everyHost()) {
            notes.add("The scope " + policy.scope() + " is not in the file: give it to those hosts only.");
        }
        notes.add("There is no ceiling of a run (" + policy.ceiling() + ")"
                + (policy.approveAbove() == null ? "." : " and no approval (above " + policy.approveAbove() + ")."));
        triggers(policy.triggers(), notes);
        if (!policy.guards().equals(RunGuards.NONE)) {
            notes.add("There are no guards of a run: an engine neither waits for builds nor pauses between batches.");
        }
        if (!policy.pins().isEmpty()) {
            notes.add("Nothing can be pinned: " + policy.pins() + " may go.");
        }
        return notes;
    }

    private static void triggers(Triggers triggers, List<String> notes) {
        if (triggers.cron() != null) {
            notes.add("There is no schedule (" + triggers.cron() + ", " + triggers.timeZone() + ").");
        }
        if (triggers.watermark() != null) {
            notes.add("There is no watermark: what it says (" + triggers.watermark() + ") is not in the rules.");
        }
        if (triggers.window() != null) {
            notes.add("There is no window of the day (" + triggers.window() + ").");
        }
    }

    /** Returns why a rule cannot be exported to any engine, or null if it can. */
    static @Nullable String unsafe(PruneRule rule) {
        return rule.limits().none()
                        && (rule.unusedFor() == null || rule.unusedFor().isZero())
                ? "it takes everything, which an engine would do again and again"
                : null;
    }

    /** Adds notes about rules that mean something else to an engine than to Cachewarden. */
    static void differences(int number, PruneRule rule, List<String> notes) {
        if (rule.measure() == Measure.SELECTION
                && !rule.limits().none()
                && !(rule.selection().types().isEmpty()
                        && rule.selection().filters().isEmpty())) {
            notes.add("Rule " + number + ": its limits count the whole cache there, not only what the rule looks at,"
                    + " so that it takes more.");
        }
        if (rule.order() != EvictionOrder.BUILDKIT && !rule.limits().none()) {
            notes.add("Rule " + number + ": BuildKit has an order of its own, by last use and number of uses.");
        }
        var selection = rule.selection();
        if (selection.includeShared() != selection.includeInternal()) {
            notes.add("Rule " + number
                    + ": shared and internal records can only be included together; neither is in the file.");
        }
    }

    /** Formats a duration in a form that Go reads. */
    static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds + "s";
    }
}
