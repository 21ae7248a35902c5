package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.dashboard.Words;
import dev.cachewarden.prune.PlanView;
import dev.cachewarden.prune.RunState;
import dev.cachewarden.prune.RunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as its page shows it.
 *
 * @param plan what it was to delete; null: not kept any more
 */
record RunPage(RunView run, @Nullable PlanView plan, Instant now, Words words) {

    /** Something that happened, or is about to. */
    record Step(String what, @Nullable String by, Instant at) {}

    public boolean open() {
        return !run.state().ended();
    }

    public boolean waits() {
        return run.state() == RunState.AWAITING_APPROVAL;
    }

    public boolean countsDown() {
        return run.state() == RunState.COUNTDOWN;
    }

    public boolean deletes() {
        return run.state() == RunState.RUNNING;
    }

    /** Whether there is anything left to call off. */
    public boolean stoppable() {
        return run.stoppable();
    }

    public boolean waitsForBuilds() {
        return run.state() == RunState.WAITING_FOR_BUILDS;
    }

    /** How fast it goes and how long it may still take; null where that is not known yet. */
    public @Nullable String pace() {
        var pace = run.pace(now);
        return pace == null ? null : pace.perSecond() + "/s, " + left(pace) + " left";
    }

    private String left(RunView.Pace pace) {
        long atLeast = Math.max(1, pace.atLeast().toMinutes());
        long atMost = pace.atMost().plusSeconds(59).toMinutes();
        if (atMost <= 1) {
            return "less than a minute";
        }
        return atLeast >= atMost
                ? "about " + words.count(atMost, "minute")
                : atLeast + " to " + words.count(atMost, "minute");
    }

    /** Whether it has ended and planned bytes did not go. */
    public boolean missed() {
        return run.endedAt() != null && run.missed().bytes() > 0;
    }

    /** What the disk gained between the two measurements; null where one is missing, or it gained nothing. */
    public @Nullable ByteSize diskGain() {
        return run.diskFreeBefore() == null || run.diskFreeAfter() == null
                ? null
                : run.diskFreeAfter().minusOrZero(run.diskFreeBefore());
    }

    /** Why the three numbers may differ; null where they agree, or one is not known. */
    public @Nullable String gap() {
        var less = less();
        if (run.endedAt() == null || less == null || less.equals(run.deleted().size())) {
            return null;
        }
        return less.compareTo(run.deleted().size()) < 0
                ? "The cache shrank by less than was deleted: builds added to it meanwhile."
                : "The cache shrank by more than was deleted: something else went, too.";
    }

    /** What the cache lost between the two readings; null where one is missing. */
    public @Nullable ByteSize less() {
        return run.cacheBefore() == null || run.cacheAfter() == null
                ? null
                : run.cacheBefore().minusOrZero(run.cacheAfter());
    }

    /** What happened, in order. */
    public List<Step> steps() {
        var steps = new ArrayList<Step>();
        if (plan != null) {
            steps.add(new Step("Cache read", null, plan.snapshotAt()));
            steps.add(new Step("Planned", plan.createdBy(), plan.createdAt()));
        }
        add(steps, "Requested", run.requested());
        add(steps, "Approved", run.approval());
        add(steps, "Told to stop", run.cancel());
        if (run.waitingSince() != null) {
            steps.add(new Step("Waits for builds", null, run.waitingSince()));
        }
        if (run.startedAt() != null) {
            steps.add(new Step("Started", null, run.startedAt()));
        } else if (countsDown()) {
            steps.add(new Step("Starts", null, run.startAt()));
        }
        if (run.endedAt() != null) {
            steps.add(new Step("Ended", null, run.endedAt()));
        }
        steps.sort(Comparator.comparing(Step::at));
        return steps;
    }

    private static String who(RunView.By by) {
        var token = by.token() == null ? "" : " (" + by.token() + "…)";
        return by.name() + token + (by.address() == null ? "" : " from " + by.address());
    }

    private static void add(List<Step> steps, String what, RunView.@Nullable By by) {
        if (by != null) {
            steps.add(new Step(what, who(by), by.at()));
        }
    }
}
