package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.history.Past;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.plan.preview.ReplayReport.Missed;
import dev.cachewarden.plan.preview.ReplayReport.Point;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PrunePlanner;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.policy.store.StartTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A replay of a policy on the stored history of a cache. A record that the policy deletes is missing until its next use. Then a build would
 * have rebuilt it, together with all its missing parents.
 *
 * <p>The replay approximates what the history does not contain. A record always has its last known size. Before the first known use, a
 * record counts as last used when it was created. Rules that depend on the disk select nothing, because the past state of the disk is
 * unknown. Records are never in use.
 */
final class CacheReplay {

    private static final int WORST = 10;

    private final Past past;
    private final Map<String, Duration> rebuildTimes;
    private final List<PruneRule> rules;
    private final List<Filter> pins;
    private final LimitPerRun limitPerRun;

    /** The missing records, and the times of their deletion. */
    private final Map<String, Instant> away = new HashMap<>();

    private final Map<String, RecordLife> byId = new HashMap<>();
    private final List<Use> uses = new ArrayList<>();
    private final Map<String, Use> lastUse = new HashMap<>();
    private final List<Missed> missed = new ArrayList<>();
    private int nextUse;
    private Amount pruned = Amount.NONE;
    private Amount missedSum = Amount.NONE;
    private Amount missingParents = Amount.NONE;
    private Duration rebuild = Duration.ZERO;
    private long rebuildsUnknown;

    private record Use(String recordId, Instant at, long count) {}

    /**
     * Creates a replay.
     *
     * @param rebuildTimes current rebuild times by record ID; the replay uses them for the whole period
     */
    CacheReplay(
            Past past,
            Map<String, Duration> rebuildTimes,
            List<PruneRule> rules,
            List<Filter> pins,
            LimitPerRun limitPerRun) {
        this.past = past;
        this.rebuildTimes = rebuildTimes;
        this.rules = rules;
        this.pins = pins;
        this.limitPerRun = limitPerRun;
        past.lives().forEach(life -> byId.put(life.record().id(), life));
        past.uses()
                .forEach((id, seen) -> seen.forEach(use ->
                        uses.add(new Use(id, use.usedAt() == null ? use.seenAt() : use.usedAt(), use.usageCount()))));
        uses.sort(Comparator.comparing(Use::at));
    }

    /**
     * Runs the replay.
     *
     * @param starts the times at which the policy starts
     * @param points the number of points of the time series
     */
    ReplayReport run(BuilderId builder, Instant from, Instant until, StartTimes starts, int points) {
        var reported = new ArrayList<Point>();
        var step = Duration.between(from, until).dividedBy(Math.max(1, points - 1));
        var nextPoint = from;
        for (var start : starts.at()) {
            for (; nextPoint.isBefore(start); nextPoint = nextPoint.plus(step)) {
                reported.add(point(nextPoint));
            }
            start(start);
        }
        for (; !nextPoint.isAfter(until); nextPoint = nextPoint.plus(step)) {
            reported.add(point(nextPoint));
        }
        useUntil(until);
        var worst = missed.stream()
                .sorted(Comparator.comparing(Missed::size).reversed().thenComparing(Missed::usedAt))
                .limit(WORST)
                .toList();
        return new ReplayReport(
                builder,
                from,
                until,
                starts.at().size(),
                starts.thinned(),
                pruned,
                new ReplayReport.Misses(missedSum, missingParents, rebuild, rebuildsUnknown, worst),
                reported);
    }

    private void start(Instant at) {
        useUntil(at);
        var snapshot = new ArrayList<CacheRecord>();
        for (var life : past.lives()) {
            if (there(life, at) && !away.containsKey(life.record().id())) {
                snapshot.add(asOf(life));
            }
        }
        var proposal = PrunePlanner.propose(snapshot, null, rebuildTimes, rules, pins, limitPerRun, at);
        for (var deletion : proposal.deletions()) {
            away.put(deletion.record().id(), at);
            pruned = pruned.plus(amount(deletion.record()));
        }
    }

    private void useUntil(Instant at) {
        for (; nextUse < uses.size() && !uses.get(nextUse).at().isAfter(at); nextUse++) {
            var use = uses.get(nextUse);
            lastUse.put(use.recordId(), use);
            var prunedAt = away.remove(use.recordId());
            var life = byId.get(use.recordId());
            if (prunedAt != null && life != null) {
                var record = life.record();
                missedSum = missedSum.plus(amount(record));
                make(record);
                missed.add(new Missed(record.id(), record.description(), record.size(), prunedAt, use.at()));
                makeParents(record);
            }
        }
    }

    private void makeParents(CacheRecord record) {
        for (String parent : record.parents()) {
            var life = byId.get(parent);
            if (away.remove(parent) != null && life != null) {
                missingParents = missingParents.plus(amount(life.record()));
                make(life.record());
                makeParents(life.record());
            }
        }
    }

    private void make(CacheRecord record) {
        var time = rebuildTimes.get(record.id());
        rebuild = time == null ? rebuild : rebuild.plus(time);
        rebuildsUnknown += time == null ? 1 : 0;
    }

    private Point point(Instant at) {
        useUntil(at);
        long without = 0;
        long with = 0;
        for (var life : past.lives()) {
            if (there(life, at)) {
                long bytes = life.record().size().bytes();
                without = Math.min(Long.MAX_VALUE - bytes, without) + bytes;
                if (!away.containsKey(life.record().id())) {
                    with = Math.min(Long.MAX_VALUE - bytes, with) + bytes;
                }
            }
        }
        return new Point(at, new ByteSize(without), new ByteSize(with));
    }

    private static boolean there(RecordLife life, Instant at) {
        return !life.firstSeenAt().isAfter(at)
                && (life.missingSince() == null || life.missingSince().isAfter(at));
    }

    /** Returns the record with the uses until now. */
    private CacheRecord asOf(RecordLife life) {
        var record = life.record();
        var use = lastUse.get(record.id());
        var seen = past.uses().getOrDefault(record.id(), List.of());
        // If no use is known, the current values of the last use apply to the whole period.
        boolean always = seen.isEmpty();
        long before = seen.isEmpty()
                ? record.usageCount()
                : Math.max(0, seen.getFirst().usageCount() - 1);
        return record.withFigures(
                false,
                record.size(),
                record.createdAt() == null ? life.firstSeenAt() : record.createdAt(),
                use != null ? use.at() : always ? record.lastUsedAt() : null,
                use != null ? use.count() : before);
    }

    private static Amount amount(CacheRecord record) {
        return new Amount(1, record.size());
    }
}
