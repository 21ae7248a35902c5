package dev.cachewarden.run.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.plan.PlanOutcome;
import dev.cachewarden.run.RunOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The texts for the results of a policy start. */
final class StartWords {

    private static final int MOST_NAMED = 5;

    private StartWords() {}

    static String enforced(List<RunOutcome> outcomes) {
        var requested = of(outcomes, RunOutcome.Requested.class);
        var refused = of(outcomes, RunOutcome.Refused.class);
        var parts = new ArrayList<String>();
        if (!requested.isEmpty()) {
            var sum = requested.stream()
                    .map(outcome -> outcome.run().plan().planned())
                    .reduce(Amount.NONE, StartWords::plus);
            parts.add(counted(requested.size(), "run") + " of " + amount(sum));
        }
        int nothing = of(outcomes, RunOutcome.NothingToDelete.class).size();
        if (nothing > 0) {
            parts.add("nothing to delete on " + counted(nothing, "host"));
        }
        addRefused(
                parts,
                refused.stream()
                        .map(outcome -> outcome.hostName() + ": " + outcome.reason())
                        .toList());
        return joined(parts);
    }

    static String reported(List<PlanOutcome> outcomes) {
        var planned = of(outcomes, PlanOutcome.Planned.class);
        var parts = new ArrayList<String>();
        if (!planned.isEmpty()) {
            var sum = planned.stream()
                    .map(outcome -> outcome.plan().effect().planned())
                    .reduce(Amount.NONE, StartWords::plus);
            parts.add(amount(sum) + " would be deleted on " + counted(planned.size(), "host"));
        }
        addRefused(
                parts,
                of(outcomes, PlanOutcome.Refused.class).stream()
                        .map(outcome -> outcome.hostName() + ": " + outcome.reason())
                        .toList());
        return joined(parts);
    }

    static String later(int hosts) {
        return "Postponed on " + counted(hosts, "host") + " until another run ends.";
    }

    private static <T> List<T> of(List<? super T> outcomes, Class<T> type) {
        return outcomes.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static void addRefused(List<String> parts, List<String> refused) {
        if (!refused.isEmpty()) {
            String named = refused.stream().limit(MOST_NAMED).collect(Collectors.joining(" "));
            int more = refused.size() - MOST_NAMED;
            parts.add("skipped " + counted(refused.size(), "host") + " (" + named
                    + (more > 0 ? " and " + more + " more" : "") + ")");
        }
    }

    private static String joined(List<String> parts) {
        return parts.isEmpty() ? "No host is in scope." : String.join("; ", parts) + ".";
    }

    private static Amount plus(Amount one, Amount other) {
        // The sum of sizes that a builder reports falsely can overflow.
        long bytes = one.size().bytes() + other.size().bytes();
        return new Amount(one.records() + other.records(), new ByteSize(bytes < 0 ? Long.MAX_VALUE : bytes));
    }

    private static String amount(Amount amount) {
        return counted(amount.records(), "record") + ", " + amount.size();
    }

    private static String counted(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }
}
