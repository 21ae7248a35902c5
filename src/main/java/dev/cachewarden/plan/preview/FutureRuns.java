package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PrunePlanner;
import dev.cachewarden.planner.PruneProposal;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.Reason;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.StartTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scheduled runs of a policy, applied in order. Each is planned on the records that earlier runs left. A limit per run therefore delays
 * the deletion of a record, and does not prevent it. The forecast ignores records that builds use, add, or release in the meantime, because
 * they are unknown.
 */
final class FutureRuns {

    private final PolicyView policy;
    private final List<Filter> pins;
    private final Map<String, Duration> rebuildTimes;
    private Collection<CacheRecord> records;
    private @Nullable DiskSpace disk;

    FutureRuns(
            PolicyView policy,
            List<Filter> pins,
            Map<String, Duration> rebuildTimes,
            Collection<CacheRecord> records,
            @Nullable DiskSpace disk) {
        this.policy = policy;
        this.pins =
                Stream.concat(policy.pins().stream(), pins.stream()).distinct().toList();
        this.rebuildTimes = rebuildTimes;
        this.records = records;
        this.disk = disk;
    }

    /**
     * The forecast for a record.
     *
     * @param goesAt the time of the run that deletes it, or null if no run does or {@code unknown} is given
     * @param unknown the reason why the forecast is unknown, as a sentence; null if it is known
     */
    record Forecast(@Nullable Instant goesAt, @Nullable String unknown) {}

    /** Returns why a run now would delete or keep a record, or null if the cache does not hold the record. */
    @Nullable
    Reason reasonNow(String recordId, Instant now) {
        return reason(propose(now), recordId).orElse(null);
    }

    /**
     * Applies the runs until one deletes the record.
     *
     * @param mostPlanned the maximum number of records times runs to plan
     */
    Forecast forecast(String recordId, Instant now, Instant until, long mostPlanned) {
        if (policy.cron() == null) {
            return new Forecast(null, "The policy has no schedule, so the time of its next run is unknown.");
        }
        long left = mostPlanned;
        int calculated = 0;
        Reason last = null;
        for (var run = next(now); run != null && !run.isAfter(until); ) {
            left -= Math.max(1, records.size());
            if (left < 0) {
                return new Forecast(
                        null, "Only its next " + calculated + " runs were calculated. They do not delete the record.");
            }
            calculated++;
            var proposal = propose(run);
            last = reason(proposal, recordId).orElse(null);
            if (last instanceof Reason.Taken) {
                return new Forecast(run, null);
            }
            boolean idle = proposal.deletions().isEmpty();
            apply(proposal);
            run = next(idle ? lastUnchangedRun(run, until) : run);
        }
        return new Forecast(null, temporaryObstacle(last));
    }

    private PruneProposal propose(Instant at) {
        return PrunePlanner.propose(records, disk, rebuildTimes, policy.rules(), pins, policy.limitPerRun(), at);
    }

    private static Optional<Reason> reason(PruneProposal proposal, String recordId) {
        var deletions = proposal.deletions().stream()
                .filter(deletion -> deletion.record().id().equals(recordId))
                .map(deletion -> (Reason) deletion.reason());
        var keeps = proposal.kept().stream()
                .filter(kept -> kept.record().id().equals(recordId))
                .map(kept -> (Reason) kept.reason());
        return Stream.concat(deletions, keeps).findFirst();
    }

    private @Nullable Instant next(Instant after) {
        return StartTimes.next(Objects.requireNonNull(policy.cron()), policy.timeZone(), after);
    }

    private void apply(PruneProposal proposal) {
        var gone = new HashSet<String>();
        long freed = 0;
        for (var deletion : proposal.deletions()) {
            gone.add(deletion.record().id());
            freed += deletion.record().shared() ? 0 : deletion.record().size().bytes();
        }
        if (gone.isEmpty()) {
            return;
        }
        records = records.stream().filter(record -> !gone.contains(record.id())).toList();
        if (disk != null) {
            long free = disk.free().bytes() + Math.max(0, freed);
            disk = new DiskSpace(disk.total(), new ByteSize(free < 0 ? Long.MAX_VALUE : free));
        }
    }

    /** Returns the latest time at which a run still deletes nothing, after a run that deleted nothing. Only the ages of records change. */
    private Instant lastUnchangedRun(Instant run, Instant until) {
        if (policy.rules().stream().anyMatch(PruneRule::needsRebuildTimes)) {
            // The order depends on the ages of uses.
            return run;
        }
        return policy.rules().stream()
                .flatMap(rule -> Stream.ofNullable(rule.unusedFor()))
                .flatMap(age -> records.stream().flatMap(record -> oldEnoughAt(record, age)))
                .filter(at -> at.isAfter(run))
                .min(Instant::compareTo)
                .map(at -> at.minusNanos(1))
                .filter(at -> at.isBefore(until))
                .orElse(until);
    }

    /**
     * Returns the times at which a record reaches an age: by its last use or creation, and by its last use alone. Rules in BuildKit's order
     * count only the last use.
     */
    private static Stream<Instant> oldEnoughAt(CacheRecord record, Duration age) {
        return Stream.of(Optional.ofNullable(record.lastTouchedAt()), Optional.ofNullable(record.lastUsedAt()))
                .flatMap(Optional::stream)
                .distinct()
                .map(touched -> touched.plus(age));
    }

    /** Returns why the obstacle may disappear before the next run, or null if it lasts. */
    private @Nullable String temporaryObstacle(@Nullable Reason last) {
        if (last instanceof Reason.InUse) {
            return "A build uses it now. The forecast cannot show when the build releases it.";
        }
        if (last instanceof Reason.NotEvaluated) {
            return "The disk of the host is unknown, and a rule depends on it.";
        }
        return last instanceof Reason.HeldByChild && records.stream().anyMatch(CacheRecord::inUse)
                ? "A child of it stays, and builds use records of this cache now."
                : null;
    }
}
