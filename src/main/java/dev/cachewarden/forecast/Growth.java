package dev.cachewarden.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Computes the growth of a cache from its readings. A drop does not count, and what a prune deleted between two readings counts as if it
 * were still there. Fits over the size itself fail: prunes bend them.
 */
public final class Growth {

    /** Readings further apart than this have a gap between them. */
    private static final Duration GAP = Duration.ofHours(1);

    /** The growth over a longer gap belongs to no day that a forecast uses. */
    private static final Duration LONGEST_GAP = Duration.ofDays(GrowthDays.POOL_DAYS);

    private Growth() {}

    /**
     * Returns the growth by hour.
     *
     * @param levels oldest first; the first one is only the base of the next
     */
    public static List<GrowthHour> between(List<Level> levels) {
        var hours = new TreeMap<Instant, GrowthHour>();
        for (int next = 1; next < levels.size(); next++) {
            add(levels.get(next - 1), levels.get(next), hours);
        }
        return List.copyOf(hours.values());
    }

    private static void add(Level from, Level until, Map<Instant, GrowthHour> hours) {
        var length = Duration.between(from.at(), until.at());
        // A clock that was set back gives readings out of order.
        if (length.isNegative() || length.isZero() || length.compareTo(LONGEST_GAP) > 0) {
            return;
        }
        long grown = Math.max(0, until.totalBytes() - from.totalBytes() + until.deletedBytes());
        boolean gap = length.compareTo(GAP) > 0;
        long spread = 0;
        var hour = from.at().truncatedTo(ChronoUnit.HOURS);
        while (hour.isBefore(until.at())) {
            var end = hour.plus(1, ChronoUnit.HOURS);
            boolean last = !end.isBefore(until.at());
            double share = last ? 1 : (double) Duration.between(from.at(), end).toMillis() / length.toMillis();
            long upToHere = Math.round(grown * share);
            hours.merge(hour, new GrowthHour(hour, upToHere - spread, last ? 1 : 0, gap), GrowthHour::plus);
            spread = upToHere;
            hour = end;
        }
    }
}
