package dev.cachewarden.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A forecast without pruning that is compared with what happened. It held if the growth since then used up the free space within the range.
 * Prunes do not matter, because the growth has no drops. After 14 days it held if what happened is still within the range.
 *
 * @param madeAt time of the forecast
 * @param freeBytes free space at that time
 * @param restBytes used space apart from the cache at that time
 * @param p5 start of the range
 * @param p95 end of the range, or null if it has none
 */
public record Check(
        Instant madeAt,
        long freeBytes,
        long restBytes,
        Duration p5,
        @Nullable Duration p95) {

    private static final Duration LENGTH = Duration.ofDays(14);

    /** The growth is known by the hour. */
    private static final Duration TOLERANCE = Duration.ofHours(1);

    /** The result of a comparison. */
    public enum Outcome {
        HELD,
        TOO_EARLY,
        TOO_LATE
    }

    /**
     * Returns a check of a forecast, or null if it names no time.
     *
     * @param cacheBytes size of the cache at that time
     */
    public static @Nullable Check of(DiskForecast forecast, long cacheBytes) {
        var space = forecast.space();
        if (space == null) {
            return null;
        }
        long rest = space.total().bytes() - space.free().bytes() - cacheBytes;
        return switch (forecast.withoutPruning()) {
            case Outlook.Range range ->
                new Check(forecast.madeAt(), space.free().bytes(), rest, range.p5(), range.p95());
            case Outlook.NotWithin far ->
                new Check(forecast.madeAt(), space.free().bytes(), rest, far.time(), null);
            case Outlook.None none -> null;
        };
    }

    /**
     * Compares the forecast with what happened.
     *
     * @param growth growth by hour, oldest first
     * @param disk use of the disk, oldest first
     * @return null if the outcome is still open
     */
    public @Nullable Outcome outcome(List<GrowthHour> growth, List<DiskLevel> disk) {
        double grown = 0;
        int level = 0;
        long rest = restBytes;
        Instant known = madeAt;
        for (var hour : growth) {
            var end = hour.hour().plus(1, ChronoUnit.HOURS);
            if (!end.isAfter(madeAt) || end.isAfter(madeAt.plus(LENGTH))) {
                continue;
            }
            grown += hour.grownBytes() * share(hour.hour());
            for (; level < disk.size() && !disk.get(level).at().isAfter(end); level++) {
                rest = disk.get(level).at().isAfter(madeAt) ? disk.get(level).restBytes() : rest;
            }
            known = end;
            if (grown + rest - restBytes >= freeBytes) {
                return reached(Duration.between(madeAt, end));
            }
        }
        return notReached(Duration.between(madeAt, known));
    }

    private double share(Instant hour) {
        return hour.isBefore(madeAt) ? 1 - hour.until(madeAt, ChronoUnit.SECONDS) / 3600.0 : 1;
    }

    private Outcome reached(Duration after) {
        if (after.compareTo(p5) < 0) {
            return Outcome.TOO_LATE;
        }
        return p95 != null && after.compareTo(p95.plus(TOLERANCE)) > 0 ? Outcome.TOO_EARLY : Outcome.HELD;
    }

    private @Nullable Outcome notReached(Duration known) {
        if (p95 != null && known.compareTo(p95.plus(TOLERANCE)) > 0) {
            return Outcome.TOO_EARLY;
        }
        return known.compareTo(LENGTH.minus(TOLERANCE)) >= 0 ? Outcome.HELD : null;
    }
}
