package dev.cachewarden.build.analysis.size;

import dev.cachewarden.build.analysis.size.RebuildValue.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Replays a trace on a cache of limited size that is pruned to it in some order whenever it is larger. */
final class Eviction {

    /** In which order records go. */
    interface Order {
        List<Candidate> sorted(Collection<Candidate> records, Instant now);
    }

    static final Order LEAST_RECENTLY_USED = (records, now) -> records.stream()
            .sorted(Comparator.comparing(Candidate::touched).thenComparing(Candidate::id))
            .toList();

    /** BuildKit's: the lowest sum of the ranks of last use and number of uses, each divided by the largest rank. */
    static final Order BUILDKIT = (records, now) -> {
        var times = new ArrayList<>(
                new TreeSet<>(records.stream().map(Candidate::touched).toList()));
        var counts = new ArrayList<>(
                new TreeSet<>(records.stream().map(Candidate::uses).toList()));
        Map<Instant, Integer> timeRank = ranks(times);
        Map<Long, Integer> countRank = ranks(counts);
        return records.stream()
                .sorted(Comparator.<Candidate>comparingDouble(
                                record -> (timeRank.getOrDefault(record.touched(), 0) + 1.0) / times.size()
                                        + (countRank.getOrDefault(record.uses(), 0) + 1.0) / counts.size())
                        .thenComparing(Candidate::touched)
                        .thenComparing(Candidate::id))
                .toList();
    };

    private static <T> Map<T, Integer> ranks(List<T> sorted) {
        Map<T, Integer> ranks = new HashMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            ranks.put(sorted.get(i), i);
        }
        return ranks;
    }

    static final Order CHEAPEST_TO_REBUILD =
            (records, now) -> RebuildValue.among(records, now).cheapestFirst(records);

    private Eviction() {}

    /** Minutes a day that builds spend on making again what had been there. */
    static double minutesADay(List<RecordUse> trace, long capacity, Order order) {
        Map<String, Candidate> cache = new HashMap<>();
        Set<String> made = new HashSet<>();
        long used = 0;
        double seconds = 0;
        for (var use : trace) {
            var known = cache.get(use.content());
            if (known == null) {
                seconds += made.add(use.content()) || use.rebuild() == null
                        ? 0
                        : use.rebuild().toSeconds();
                used += use.size().bytes();
                cache.put(use.content(), new Candidate(use.content(), use.size(), use.at(), null, 0, use.rebuild()));
                if (used > capacity) {
                    used -= evict(cache, used - capacity, order, use);
                }
            } else {
                cache.put(
                        use.content(),
                        new Candidate(
                                use.content(),
                                use.size(),
                                known.createdAt(),
                                use.at(),
                                known.uses() + 1,
                                use.rebuild()));
            }
        }
        var span = Duration.between(trace.getFirst().at(), trace.getLast().at());
        return seconds / 60 / (span.toMinutes() / 1_440.0);
    }

    /** A tenth more than must be, as a policy leaves some room; never what a build uses now. */
    private static long evict(Map<String, Candidate> cache, long lacking, Order order, RecordUse now) {
        long wanted = lacking + lacking / 10;
        long freed = 0;
        for (var record : order.sorted(cache.values(), now.at())) {
            if (freed >= wanted) {
                break;
            }
            if (!record.id().equals(now.content())) {
                cache.remove(record.id());
                freed += record.size().bytes();
            }
        }
        return freed;
    }
}
