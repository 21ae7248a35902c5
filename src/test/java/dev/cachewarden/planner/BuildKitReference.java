package dev.cachewarden.planner;

import dev.cachewarden.buildcache.CacheRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** BuildKit's order as it is written: all candidates are ranked anew for each deletion. Slow, and plain enough to be believed. */
final class BuildKitReference {

    /** Sums of ranks nearer than this are a tie; the distance of two that differ is a thousandth at least in any cache of a test. */
    private static final double TIE = 1e-9;

    private final List<CacheRecord> left;

    private BuildKitReference(Collection<CacheRecord> records) {
        this.left = new ArrayList<>(records);
    }

    /** All records that go until less than so many bytes are used, ties as the planner breaks them. */
    static List<String> order(Collection<CacheRecord> records, long keep) {
        var cache = new BuildKitReference(records);
        var removed = new ArrayList<String>();
        long total = records.stream().mapToLong(record -> record.size().bytes()).sum();
        while (total >= keep) {
            var candidates = cache.leaves();
            if (candidates.isEmpty()) {
                break;
            }
            var next = candidates.stream()
                    .min(Comparator.<CacheRecord>comparingDouble(record -> rank(record, candidates))
                            .thenComparing(record -> Objects.requireNonNullElse(record.lastTouchedAt(), Instant.MAX))
                            .thenComparing(CacheRecord::usageCount)
                            .thenComparing(CacheRecord::size, Comparator.reverseOrder())
                            .thenComparing(CacheRecord::id))
                    .orElseThrow();
            cache.left.remove(next);
            removed.add(next.id());
            total -= next.size().bytes();
        }
        return removed;
    }

    /**
     * Whether what an engine deleted, in its order, is what BuildKit's order asks for, whatever it made of its ties.
     *
     * @param rule in BuildKit's order, with a limit in bytes
     * @param now what the rule's age is counted to
     * @return what is not; null: all is
     */
    static @Nullable String complaint(
            Collection<CacheRecord> records, PruneRule rule, Instant now, List<String> deleted) {
        var cache = new BuildKitReference(records);
        long total = records.stream()
                .filter(record -> !record.shared())
                .mapToLong(record -> record.size().bytes())
                .sum();
        long keep = BuildKitPass.keepBytes(rule.limits(), null, 0, total);
        for (String id : deleted) {
            var candidates = cache.candidates(rule, now);
            var found =
                    candidates.stream().filter(record -> record.id().equals(id)).findFirst();
            if (found.isEmpty()) {
                return id + " was no candidate";
            }
            if (total < keep) {
                return id + " went though " + total + " bytes are less than " + keep;
            }
            double lowest = candidates.stream()
                    .mapToDouble(record -> rank(record, candidates))
                    .min()
                    .orElseThrow();
            if (rank(found.get(), candidates) > lowest + TIE) {
                return id + " went with the rank " + rank(found.get(), candidates) + ", the lowest was " + lowest;
            }
            cache.left.remove(found.get());
            total -= found.get().size().bytes();
        }
        boolean ended = total < keep || cache.candidates(rule, now).isEmpty();
        return ended ? null : "it ended with " + total + " bytes, which are not less than " + keep;
    }

    private List<CacheRecord> leaves() {
        return left.stream()
                .filter(record ->
                        left.stream().noneMatch(child -> child.parents().contains(record.id())))
                .toList();
    }

    private List<CacheRecord> candidates(PruneRule rule, Instant now) {
        var selected = rule.selection().predicate();
        return leaves().stream()
                .filter(record -> !record.inUse()
                        && selected.test(record)
                        && (!record.shared() || rule.selection().includeShared()))
                .filter(record -> {
                    var used = record.lastUsedAt();
                    return rule.unusedFor() == null || used == null || !used.isAfter(now.minus(rule.unusedFor()));
                })
                .toList();
    }

    private static double rank(CacheRecord record, List<CacheRecord> candidates) {
        var times = candidates.stream()
                .map(CacheRecord::lastUsedAt)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .distinct()
                .sorted()
                .toList();
        var uses = candidates.stream()
                .map(CacheRecord::usageCount)
                .filter(count -> count > 0)
                .distinct()
                .sorted()
                .toList();
        double sum =
                rank(times, record.lastUsedAt()) + rank(uses, record.usageCount() == 0 ? null : record.usageCount());
        return Double.isNaN(sum) ? 0 : sum;
    }

    private static <T> double rank(List<T> values, @Nullable T value) {
        // Without any value BuildKit divides by zero, and nothing is less than what comes of it.
        return values.isEmpty() ? Double.NaN : (double) (value == null ? 0 : values.indexOf(value) + 1) / values.size();
    }
}
