package dev.cachewarden.build.analysis.size;

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
 * How often a cache of some size would have had what builds asked of it, and how long they would have spent making again what it had lost,
 * if after each build the least recently used went until it was no larger. What was asked for the first time no cache can have: it lowers the rate at each size, and is
 * no rebuild.
 */
public final class SizeCurve {

    private static final int POINTS = 100;

    /** Less of a bend than this may be chance. */
    private static final double BEND = 0.05;

    /** With less, the few whose times are known would decide for all the others. */
    private static final double ENOUGH_KNOWN = 0.5;

    private final Sample sample;
    private final Duration span;

    /** How large a cache must be to have it, for each use of what was used before; ascending. */
    private final long[] distances;

    /** For each distance how long it takes to make all those again that are as far or further. */
    private final double[] rebuildFrom;

    private final double rebuildsKnown;

    /** Of so many uses, by distance, how many made what is only taken for the same. */
    private final int[] guesses;

    /**
     * One size.
     *
     * @param hitRate from 0 to 1
     * @param leastHitRate were all records new ones that were made then and are only taken for ones that had been there before
     * @param rebuildADay how long builds together spend on making again what had been there, in a day on average, as far as it is known
     *     how long that takes; null: it is known of nothing that was used again
     */
    public record Point(
            ByteSize size,
            double hitRate,
            double leastHitRate,
            @Nullable Duration rebuildADay) {}

    /** @param ends of builds, oldest first */
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

    /** What a cache of this size would have done. */
    public Point at(ByteSize size) {
        int hits = hits(size.bytes());
        return new Point(
                size, rate(hits), rate(hits - guesses[hits]), rebuildsKnown == 0 ? null : aDay(rebuildFrom[hits]));
    }

    private double rate(int hits) {
        double expected = sample.trace() * sample.share();
        return Math.clamp((hits + (hits == 0 ? 0 : sample.lacking())) / expected, 0, 1);
    }

    private Duration aDay(double millis) {
        double days = (double) span.toMillis() / Duration.ofDays(1).toMillis();
        return Duration.ofMillis(Math.round(millis / sample.share() / days));
    }

    /** Of how many uses the distance is no more. */
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

    /** The curve to draw: from nothing to where more makes no difference, in even steps. */
    public List<Point> points() {
        long largest = enough().bytes();
        List<Point> points = new ArrayList<>(POINTS + 1);
        for (int i = 0; i <= POINTS; i++) {
            points.add(at(new ByteSize(Math.round((double) largest * i / POINTS))));
        }
        return points;
    }

    /** From where on a larger cache would have made no difference. */
    public ByteSize enough() {
        return new ByteSize(distances[distances.length - 1]);
    }

    /**
     * Where more size begins to bring less: the point furthest below the straight line between both ends of the curve of rebuilds, or of
     * misses where it is known of less than half of the uses how long a rebuild takes, or none takes any. Empty if the curve is about straight: then each byte brings as much as any other.
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

    /** With all hits up to a distance. */
    private double missed(int hits) {
        return rebuildFrom[0] > 0 && rebuildsKnown >= ENOUGH_KNOWN ? rebuildFrom[hits] : distances.length - hits;
    }

    /** Of which part of the repeated uses it is known how long it takes to make again what they used, from 0 to 1. */
    public double rebuildsKnown() {
        return rebuildsKnown;
    }

    /** From the first use to the last. */
    public Duration span() {
        return span;
    }

    /** How many uses the curve follows from. */
    public long uses() {
        return sample.trace();
    }

    /**
     * Which part of the contents was looked at, from above 0 to 1. Less than all in very long traces: then the curve is an estimate, and for
     * sizes that hold but a hundredth of all a poor one.
     */
    public double share() {
        return sample.share();
    }
}
