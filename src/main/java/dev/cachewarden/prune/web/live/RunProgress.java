package dev.cachewarden.prune.web.live;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.prune.RunState;
import dev.cachewarden.prune.RunView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param ended whether this is the last that is told of it
 * @param bytesPerSecond deleted, since it began to delete; null: nothing is being deleted
 * @param secondsLeft how long it may still take; null: likewise
 * @param message why it failed, ended early, or waits; null: nothing to say
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
                Sum.of(run.planned()),
                Sum.of(run.deleted()),
                Sum.of(run.skipped()),
                Sum.of(run.failed()),
                pace == null ? null : pace.perSecond().bytes(),
                pace == null
                        ? null
                        : new Range(pace.atLeast().toSeconds(), pace.atMost().toSeconds()),
                run.message());
    }

    /** Whether something has happened, not only time gone by. */
    boolean tellsMoreThan(@Nullable RunProgress before) {
        return before == null
                || state != before.state
                || !deleted.equals(before.deleted)
                || !skipped.equals(before.skipped)
                || !failed.equals(before.failed);
    }
}
