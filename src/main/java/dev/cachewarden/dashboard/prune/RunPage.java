package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.dashboard.Words;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as its page shows it.
 *
 * @param plan plan of the run, or null if it is no longer stored
 */
record RunPage(RunView run, @Nullable PlanView plan, Instant now, Words words) {

    /** A past event, or the upcoming start of the run. */
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

    /** Returns whether the run can still be canceled. */
    public boolean stoppable() {
        return run.stoppable();
    }

    public boolean waitsForBuilds() {
        return run.state() == RunState.WAITING_FOR_BUILDS;
    }

    /** Returns the speed and the remaining time, or null if they are still unknown. */
    public @Nullable String pace() {
        var pace = run.pace(now);
        return pace == null ? null : pace.perSecond() + "/s, " + left(pace) + " left";
    }

    private String left(RunView.Pace pace) {
        long atLeast = Math.max(1, pace.atLeast().toMinutes());
        long atMost = pace.atMost().plusSeconds(59).toMinutes();
        if (atMost <= 1) {
            return "less than 1 min";
        }
        return atLeast >= atMost
                ? "about " + words.count(atMost) + " min"
                : words.count(atLeast) + " to " + words.count(atMost) + " min";
    }

    /** Returns whether the run has ended without deleting all planned bytes. */
    public boolean missed() {
        return run.course().endedAt() != null && run.missed().bytes() > 0;
    }

    /** Returns the increase of free disk space between the two measurements, 0 if it decreased, or null if a measurement is missing. */
    public @Nullable ByteSize diskGain() {
        return run.result().diskFreeBefore() == null || run.result().diskFreeAfter() == null
                ? null
                : run.result().diskFreeAfter().minusOrZero(run.result().diskFreeBefore());
    }

    /** Returns the reason why the figures differ, or null if they are equal or one of them is unknown. */
    public @Nullable String gap() {
        var less = less();
        if (run.course().endedAt() == null
                || less == null
                || less.equals(run.result().deleted().size())) {
            return null;
        }
        return less.compareTo(run.result().deleted().size()) < 0
                ? "The cache shrank by less than the run deleted, because builds added records meanwhile."
                : "The cache shrank by more than the run deleted. Other records were also deleted.";
    }

    /** Returns the decrease of the cache size between the two readings, or null if a reading is missing. */
    public @Nullable ByteSize less() {
        return run.result().cacheBefore() == null || run.result().cacheAfter() == null
                ? null
                : run.result().cacheBefore().minusOrZero(run.result().cacheAfter());
    }

    /** Returns the events of the run in chronological order. */
    public List<Step> steps() {
        var steps = new ArrayList<Step>();
        if (plan != null) {
            steps.add(new Step("Snapshot taken", null, plan.basis().snapshotAt()));
            steps.add(new Step("Planned", plan.createdBy(), plan.createdAt()));
        }
        add(steps, "Requested", run.request().by());
        add(steps, "Approved", run.request().approval());
        add(steps, "Cancel requested", run.course().cancel());
        if (run.course().waitingSince() != null) {
            steps.add(new Step("Waiting for builds", null, run.course().waitingSince()));
        }
        if (run.course().startedAt() != null) {
            steps.add(new Step("Started", null, run.course().startedAt()));
        } else if (countsDown()) {
            steps.add(new Step("Starts", null, run.request().startAt()));
        }
        if (run.course().endedAt() != null) {
            steps.add(new Step("Ended", null, run.course().endedAt()));
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
