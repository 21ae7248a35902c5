package dev.cachewarden.prune.plan;

import dev.cachewarden.buildcache.CacheRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What it is worth to keep cache records: how long it takes to make one again, times how often it can be expected to be used, for each byte
 * it takes. Those of the least worth go first.
 */
final class RebuildWorth {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final double SECONDS_A_DAY = Duration.ofDays(1).toSeconds();

    /** Records without size free nothing; as if each took some bytes of administration. */
    private static final long LEAST_BYTES = 4_096;

    private final Map<String, Duration> rebuildTimes;
    private final Instant now;

    /** After how many days without use a record is expected to be used half as often. */
    private final double halfLife;

    /** Of those records whose cost is known, the median of seconds for each byte. */
    private final double usualSecondsAByte;

    private RebuildWorth(Map<String, Duration> rebuildTimes, Instant now, double halfLife, double usualSecondsAByte) {
        this.rebuildTimes = rebuildTimes;
        this.now = now;
        this.halfLife = halfLife;
        this.usualSecondsAByte = usualSecondsAByte;
    }

    /**
     * The worth of records to each other. The half-life follows from them: half of the time for which half of them have not been used. In a
     * cache that is much too small records stay but briefly, and what was not used for a day will hardly be; in a large one it may well.
     *
     * @param rebuildTimes by the id of the record; of one that is not there it is not known, and is taken to be what others take by size
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

    /** Negative: not known. */
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

    /** How long it takes to make it again; null: not known. */
    @Nullable
    Duration rebuildTime(CacheRecord record) {
        return rebuildTimes.get(record.id());
    }

    /** Seconds of building that one byte of it can be expected to save in a day. */
    double of(CacheRecord record) {
        double known = secondsAByte(record, rebuildTime(record));
        return (known < 0 ? usualSecondsAByte : known) * usesADay(record);
    }

    /**
     * Uses over the time it was there, halved for each half-life since the last. One that was made just now counts as used once in a
     * half-life: what it will be good for nobody knows yet.
     */
    private double usesADay(CacheRecord record) {
        var touched = touched(record, now);
        double there = days(record.createdAt() == null ? touched : record.createdAt(), now);
        return (record.usageCount() + 1) / (there + halfLife) * Math.pow(0.5, days(touched, now) / halfLife);
    }
}
