package dev.cachewarden.planner;

import dev.cachewarden.analytics.RecordUse;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replays a trace on a cache that our planner prunes to its capacity, in some order, whenever it is larger. */
final class EvictionReplay {

    private final long capacity;
    private final EvictionOrder order;
    private final Map<String, CacheRecord> cache = new HashMap<>();
    private final Map<String, Duration> rebuildTimes = new HashMap<>();
    private final Set<String> made = new HashSet<>();
    private long used;
    private Duration rebuilt = Duration.ZERO;

    private EvictionReplay(long capacity, EvictionOrder order) {
        this.capacity = capacity;
        this.order = order;
    }

    /** Minutes a day that builds spend on making again what had been there. */
    static double minutesADay(List<RecordUse> trace, long capacity, EvictionOrder order) {
        var replay = new EvictionReplay(capacity, order);
        trace.forEach(replay::use);
        var span = Duration.between(trace.getFirst().at(), trace.getLast().at());
        return replay.rebuilt.toSeconds() / 60.0 / (span.toMinutes() / 1_440.0);
    }

    private void use(RecordUse given) {
        // Ids of records are of letters and figures.
        var use = new RecordUse(given.content().replace('-', 'x'), given.size(), given.at(), given.rebuild());
        var known = cache.get(use.content());
        if (known != null) {
            cache.put(use.content(), record(use, known.createdAt(), use.at(), known.usageCount() + 1));
            return;
        }
        if (use.rebuild() != null) {
            rebuildTimes.put(use.content(), use.rebuild());
            rebuilt = made.add(use.content()) ? rebuilt : rebuilt.plus(use.rebuild());
        }
        cache.put(use.content(), record(use, use.at(), null, 0));
        used += use.size().bytes();
        if (used > capacity) {
            prune(use);
        }
    }

    /** Never what a build uses now. */
    private void prune(RecordUse now) {
        var records = cache.values().stream()
                .filter(record -> !record.id().equals(now.content()))
                .toList();
        // A tenth less than must be, as a policy leaves some room.
        long room = Math.max(0, capacity - now.size().bytes());
        var rule = PruneRule.atMost(new ByteSize(room - room / 10)).inOrder(order);
        var proposal = PrunePlanner.propose(
                records, null, rebuildTimes, List.of(rule), List.of(), LimitPerRun.ofShare(100), now.at());
        for (var deletion : proposal.deletions()) {
            cache.remove(deletion.record().id());
            used -= deletion.record().size().bytes();
        }
    }

    private static CacheRecord record(
            RecordUse use, @Nullable Instant createdAt, @Nullable Instant lastUsedAt, long uses) {
        return new CacheRecord(
                use.content(),
                RecordType.REGULAR,
                List.of(),
                use.content(),
                false,
                false,
                null,
                use.size(),
                createdAt,
                lastUsedAt,
                uses);
    }
}
