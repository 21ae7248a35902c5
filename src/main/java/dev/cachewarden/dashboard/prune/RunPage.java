package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.dashboard.Words;
import dev.cachewarden.prune.PlanView;
import dev.cachewarden.prune.RunState;
import dev.cachewarden.prune.RunView;
import java.time.Duration;
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
        return run.cancel() == null && (waits() || countsDown() || deletes());
    }

    /** Records that something became of. */
    public long handled() {
        return run.deleted().records() + run.skipped().records() + run.failed().records();
    }

    /** How fast it goes and how long it may still take; null where that is not known yet. */
    public @Nullable String pace() {
        var since = run.startedAt();
        if (!deletes() || since == null || run.deleted().size().bytes() == 0) {
            return null;
        }
        long seconds = Math.max(1, Duration.between(since, now).toSeconds());
        long rate = Math.max(1, run.deleted().size().bytes() / seconds);
        var passed = run.deleted()
                .size()
                .plus(run.skipped().size())
                .plus(run.failed().size());
        long left = run.planned().size().minusOrZero(passed).bytes() / rate;
        return new ByteSize(rate) + "/s, about " + (left < 60 ? "a minute" : words.count(left / 60 + 1, "minute"))
                + " left";
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
        steps.add(new Step("Requested", run.requested().name(), run.requested().at()));
        add(steps, "Approved", run.approval());
        add(steps, "Told to stop", run.cancel());
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

    private static void add(List<Step> steps, String what, RunView.@Nullable By by) {
        if (by != null) {
            steps.add(new Step(what, by.name(), by.at()));
        }
    }
}
