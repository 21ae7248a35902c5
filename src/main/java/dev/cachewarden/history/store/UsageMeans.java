package dev.cachewarden.history.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.history.UsageSample;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Computes means of samples. A type or state that a sample lacks counts as zero. */
final class UsageMeans {

    private UsageMeans() {}

    /** Returns the mean of at least one sample of one builder over a time range. */
    static UsageSample of(List<UsageSample> samples, Instant start, Duration span) {
        var highest = samples.stream()
                .map(UsageSample::highest)
                .max(Comparator.naturalOrder())
                .orElse(ByteSize.ZERO);
        return new UsageSample(samples.getFirst().builder(), start, span, mean(samples), highest);
    }

    private static CacheUsage mean(List<UsageSample> samples) {
        var sums = new TreeMap<RecordType, Map<UsageState, Sum>>();
        for (var sample : samples) {
            sample.usage()
                    .byType()
                    .forEach((type, states) -> states.forEach(
                            (state, amount) -> sums.computeIfAbsent(type, t -> new EnumMap<>(UsageState.class))
                                    .computeIfAbsent(state, s -> new Sum())
                                    .add(amount)));
        }
        SortedMap<RecordType, Map<UsageState, Amount>> means = new TreeMap<>();
        sums.forEach((type, states) -> {
            var amounts = new EnumMap<UsageState, Amount>(UsageState.class);
            states.forEach((state, sum) -> amounts.put(state, sum.over(samples.size())));
            means.put(type, amounts);
        });
        return new CacheUsage(means);
    }

    private static final class Sum {

        private long records;
        private BigInteger bytes = BigInteger.ZERO;

        void add(Amount amount) {
            records += amount.records();
            bytes = bytes.add(BigInteger.valueOf(amount.size().bytes()));
        }

        Amount over(int count) {
            long rounded = Math.floorDiv(records + count / 2, count);
            var mean = bytes.add(BigInteger.valueOf(count / 2)).divide(BigInteger.valueOf(count));
            return new Amount(rounded, new ByteSize(mean.longValueExact()));
        }
    }

    /**
     * Reduces samples to about the given number by taking the means of neighbors. It does not change a smaller number of samples.
     *
     * @param samples oldest first
     * @param from start of the first span
     * @param spacing length of each span
     */
    static List<UsageSample> thinOut(List<UsageSample> samples, Instant from, Duration spacing, int points) {
        // Up to 25% more samples than requested do no harm. Means over about one and a half samples each would be
        // uneven.
        if (samples.size() <= points + points / 4) {
            return samples;
        }
        var thin = new ArrayList<UsageSample>();
        var neighbours = new ArrayList<UsageSample>();
        long current = -1;
        for (var sample : samples) {
            long span = Duration.between(from, sample.takenAt()).dividedBy(spacing);
            if (span != current && !neighbours.isEmpty()) {
                thin.add(of(neighbours, from.plus(spacing.multipliedBy(current)), spacing));
                neighbours.clear();
            }
            current = span;
            neighbours.add(sample);
        }
        if (!neighbours.isEmpty()) {
            thin.add(of(neighbours, from.plus(spacing.multipliedBy(current)), spacing));
        }
        return thin;
    }
}
