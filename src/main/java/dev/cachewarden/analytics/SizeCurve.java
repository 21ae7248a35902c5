package dev.cachewarden.analytics;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The hit rate and the rebuild time of a cache as a function of its size. After each build, the modeled cache evicts the least recently
 * used records until it fits its size. The first use of a record misses at any size: it lowers the hit rate, but it is no rebuild.
 */
public final class SizeCurve {

    private static final int POINTS = 100;

    /** The minimum bend of a knee. A smaller bend can be chance. */
    private static final double BEND = 0.05;

    /** The minimum share of reuses with a known rebuild time. With less, a few known times would decide for all others. */
    private static final double ENOUGH_KNOWN = 0.5;

    private final Sample sample;
    private final Duration span;

    /** The reuse distance of each reuse in bytes, ascending. */
    private final long[] distances;

    /** For each distance, the rebuild time of all reuses at this distance or above, in milliseconds. */
    private final double[] rebuildFrom;

    private final double rebuildsKnown;

    /**
     * For each number of reuses with the shortest distances, how many of them created a record that is only assumed to equal an earlier
     * one.
     */
    private final int[] guesses;

    /**
     * The figures for one cache size.
     *
     * @param hitRate hit rate from 0 to 1
     * @param leastHitRate hit rate if all records that are only assumed to equal an earlier record were new ones, from 0 to 1
     * @param rebuildADay average time per day that all builds together spend on rebuilds of known duration, or null if no rebuild time of a
     *     reuse is known
     */
    public record Point(
            ByteSize size,
            double hitRate,
            double leastHitRate,
            @Nullable Duration rebuildADay) {}

    /**
     * Creates the curve of a sample.
     *
     * @param span time from the first use to the last
     * @param ends ends of builds, oldest first
     */
    SizeCurve(Sample sample, Duration span, List<Instant> ends) {
        this.sample = sample;
        this.span = span;
        long[] all = ReuseDistances.of(sample, ends);
        int[] order = IntStream.range(0, all.length)
                .filter(use -> all[use] >= 0)
                .boxed()
                .sorted(Comparator.comparingLong(use -> all[use]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.distances = Arrays.stream(order).mapToLong(use -> all[use]).toArray();
        this.rebuildFrom = new double[order.length + 1];
        int known = 0;
        for (int i = order.length - 1; i >= 0; i--) {
            var rebuild = sample.uses().get(order[i]).rebuild();
            rebuildFrom[i] = rebuildFrom[i + 1] + (rebuild == null ? 0 : rebuild.toMillis());
            known += rebuild == null ? 0 : 1;
        }
        this.rebuildsKnown = (double) known / order.length;
        this.guesses = new int[order.length + 1];
        for (int i = 0; i < order.length; i++) {
            guesses[i + 1] = guesses[i] + (sample.uses().get(order[i]).madeAgain() ? 1 : 0);
        }
    }

    /** Returns the figures for a cache of this size. */
    public Point at(ByteSize size) {
        int hits = hits(size.bytes());
        return new Point(
                size, rate(hits), rate(hits - guesses[hits]), rebuildsKnown == 0 ? null : perDay(rebuildFrom[hits]));
    }

    private double rate(int hits) {
        double expected = sample.trace() * sample.share();
        return Math.clamp((hits + (hits == 0 ? 0 : sample.lacking())) / expected, 0, 1);
    }

    private Duration perDay(double millis) {
        double days = (double) span.toMillis() / Duration.ofDays(1).toMillis();
        return Duration.ofMillis(Math.round(millis / sample.share() / days));
    }

    /** Returns the number of reuses whose distance is at most this many bytes. */
    private int hits(long bytes) {
        int low = 0;
        int high = distances.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (distances[middle] <= bytes) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns the points of the curve in even steps, from size 0 to the size above which nothing changes. */
    public List<Point> points() {
        long largest = enough().bytes();
        List<Point> points = new ArrayList<>(POINTS + 1);
        for (int i = 0; i <= POINTS; i++) {
            points.add(at(new ByteSize(Math.round((double) largest * i / POINTS))));
        }
        return points;
    }

    /** Returns the size above which a larger cache would have made no difference. */
    public ByteSize enough() {
        return new ByteSize(distances[distances.length - 1]);
    }

    /**
     * Returns the knee: above this size, more size brings less. It is the point furthest below the straight line between both ends of the
     * curve of rebuild times. The curve of misses replaces it if rebuild times are known for less than half of the reuses, or if all of
     * them are zero. The result is empty if the curve is nearly straight: then each byte brings as much as any other.
     */
    public Optional<Point> knee() {
        double largest = distances[distances.length - 1];
        double worst = missed(0);
        long knee = -1;
        double furthest = BEND;
        for (int i = 0; i < distances.length; i++) {
            double below = 1 - distances[i] / largest - missed(i + 1) / worst;
            if (below > furthest) {
                furthest = below;
                knee = distances[i];
            }
        }
        return knee < 0 ? Optional.empty() : Optional.of(at(new ByteSize(knee)));
    }

    /** Returns the rebuild time in milliseconds, or the number of misses, if this many reuses hit. */
    private double missed(int hits) {
        return rebuildFrom[0] > 0 && rebuildsKnown >= ENOUGH_KNOWN ? rebuildFrom[hits] : distances.length - hits;
    }

    /** Returns the share of reuses whose rebuild time is known, from 0 to 1. */
    public double rebuildsKnown() {
        return rebuildsKnown;
    }

    /** Returns the time from the first use to the last. */
    public Duration span() {
        return span;
    }

    /** Returns the number of uses that the curve is based on. */
    public long uses() {
        return sample.trace();
    }

    /**
     * Returns the share of contents that were analyzed, above 0 and up to 1. It is below 1 for very long traces. Then the curve is an
     * estimate, and a poor one for sizes that hold only a hundredth of all contents.
     */
    public double share() {
        return sample.share();
    }
}
