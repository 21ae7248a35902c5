package dev.cachewarden.dashboard.run;

import dev.cachewarden.prune.RunState;
import dev.cachewarden.prune.RunView;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come.
 *
 * @param settled records deleted, skipped or failed
 * @param planned all of the plan
 * @param left how much longer in words, as a range; null: not to be told
 */
record Progress(long settled, long planned, @Nullable String left) {

    static Progress of(RunView run, Instant now) {
        long settled =
                run.deleted().records() + run.skipped().records() + run.failed().records();
        long planned = run.planned().records();
        var started = run.startedAt();
        if (run.state() != RunState.RUNNING || started == null || settled == 0 || settled >= planned) {
            return new Progress(settled, planned, null);
        }
        double seconds = Duration.between(started, now).toMillis() / 1000.0 * (planned - settled) / settled;
        return new Progress(settled, planned, range(seconds));
    }

    // A rate measured so far says little of the rest; a third more or less is honest.
    private static String range(double seconds) {
        long least = Math.round(seconds * 0.7);
        long most = Math.round(seconds * 1.3) + 1;
        return most < 90 ? least + " to " + most + " s" : Math.max(1, least / 60) + " to " + (most / 60 + 1) + " min";
    }
}
