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

/** Means of samples. What a sample does not have counts as none of it. */
final class UsageMeans {

    private UsageMeans() {}

    /** The mean of some samples of one builder, standing for a span of time; there must be at least one. */
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
     * Makes about so many samples out of more, by taking the means of neighbours; fewer stay as they are.
     *
     * @param samples oldest first
     * @param from where the first span starts
     * @param spacing length of each span
     */
    static List<UsageSample> thinOut(List<UsageSample> samples, Instant from, Duration spacing, int points) {
        // A quarter more than asked for does no harm; means of one and a half do.
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
