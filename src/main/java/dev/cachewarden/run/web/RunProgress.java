package dev.cachewarden.run.web;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a run.
 *
 * @param ended whether this is the last event of the run
 * @param bytesPerSecond bytes deleted per second since the run began to delete, or null if it is not deleting
 * @param secondsLeft the estimated remaining time, or null if it is not deleting
 * @param message why it failed, ended early, or waits, or null if there is nothing to report
 */
record RunProgress(
        long id,
        RunState state,
        boolean ended,
        Sum planned,
        Sum deleted,
        Sum skipped,
        Sum failed,
        @Nullable Long bytesPerSecond,
        @Nullable Range secondsLeft,
        @Nullable String message) {

    record Sum(long records, long bytes) {
        static Sum of(Amount amount) {
            return new Sum(amount.records(), amount.size().bytes());
        }
    }

    record Range(long atLeast, long atMost) {}

    static RunProgress of(RunView run, Instant now) {
        var pace = run.pace(now);
        return new RunProgress(
                run.id(),
                run.state(),
                run.state().ended(),
                Sum.of(run.plan().planned()),
                Sum.of(run.result().deleted()),
                Sum.of(run.result().skipped()),
                Sum.of(run.result().failed()),
                pace == null ? null : pace.perSecond().bytes(),
                pace == null
                        ? null
                        : new Range(pace.atLeast().toSeconds(), pace.atMost().toSeconds()),
                run.message());
    }

    /** Returns whether the state or the counts differ, and not only the time. */
    boolean differsFrom(@Nullable RunProgress before) {
        return before == null
                || state != before.state
                || !deleted.equals(before.deleted)
                || !skipped.equals(before.skipped)
                || !failed.equals(before.failed);
    }
}
