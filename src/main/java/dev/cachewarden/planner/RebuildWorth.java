package dev.cachewarden.planner;

import dev.cachewarden.buildcache.CacheRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The value of keeping cache records: the rebuild time multiplied by the expected uses, per byte. Records with the lowest value are deleted
 * first.
 */
final class RebuildWorth {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    /**
     * The minimum size for the calculation, in bytes. Records without a size free nothing, so they count as if they took some bytes of
     * metadata.
     */
    private static final long LEAST_BYTES = 4_096;

    private final Map<String, Duration> rebuildTimes;
    private final Instant now;

    /** The number of days without use after which the expected uses of a record halve. */
    private final double halfLife;

    /** The median of seconds per byte, among the records with a known cost. */
    private final double usualSecondsAByte;

    private RebuildWorth(Map<String, Duration> rebuildTimes, Instant now, double halfLife, double usualSecondsAByte) {
        this.rebuildTimes = rebuildTimes;
        this.now = now;
        this.halfLife = halfLife;
        this.usualSecondsAByte = usualSecondsAByte;
    }

    /**
     * Calculates the relative value of records. The half-life follows from the records: it is half of their median time without use. In a
     * cache that is much too small, records stay only briefly. A record that was unused for a day will hardly be used again. In a large
     * cache it may well be used.
     *
     * @param rebuildTimes rebuild times by record ID; a missing record is assumed to have the median cost per byte of the others
     */
    static RebuildWorth among(List<CacheRecord> records, Map<String, Duration> rebuildTimes, Instant now) {
        double[] idle = records.stream()
                .mapToDouble(record -> days(touched(record, now), now))
                .sorted()
                .toArray();
        double half = idle.length == 0 ? 0 : idle[idle.length / 2] / 2;
        double[] known = records.stream()
                .mapToDouble(record -> secondsAByte(record, rebuildTimes.get(record.id())))
                .filter(rate -> rate >= 0)
                .sorted()
                .toArray();
        return new RebuildWorth(
                rebuildTimes,
                now,
                Math.max(half, SHORTEST.toSeconds() / SECONDS_A_DAY),
                known.length == 0 ? 1 : known[known.length / 2]);
    }

    /** Returns the rebuild cost in seconds per byte, or a negative number if it is unknown. */
    private static double secondsAByte(CacheRecord record, @Nullable Duration rebuild) {
        return rebuild == null ? -1 : rebuild.toMillis() / 1_000.0 / bytes(record);
    }

    private static double bytes(CacheRecord record) {
        return Math.max(LEAST_BYTES, record.size().bytes());
    }

    private static Instant touched(CacheRecord record, Instant now) {
        return Objects.requireNonNullElse(record.lastTouchedAt(), now);
    }

    private static double days(Instant since, Instant until) {
        return Math.max(0, Duration.between(since, until).toSeconds()) / SECONDS_A_DAY;
    }

    /** Returns the rebuild time, or null if it is unknown. */
    @Nullable
    Duration rebuildTime(CacheRecord record) {
        return rebuildTimes.get(record.id());
    }

    /** Returns the seconds of build time that one byte of a record is expected to save per day. */
    double of(CacheRecord record) {
        double known = secondsAByte(record, rebuildTime(record));
        return (known < 0 ? usualSecondsAByte : known) * usesADay(record);
    }

    /**
     * Returns the uses divided by the lifetime, halved for each half-life since the last use. A new record counts as used once per
     * half-life, because its future use is unknown.
     */
    private double usesADay(CacheRecord record) {
        var touched = touched(record, now);
        double there = days(record.createdAt() == null ? touched : record.createdAt(), now);
        return (record.usageCount() + 1) / (there + halfLife) * Math.pow(0.5, days(touched, now) / halfLife);
    }
}
