package dev.cachewarden.forecast;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A made-up build host: bursts in working hours, few builds on weekends, now and then a build 15 times as large, and prunes. It knows what
 * really grew, so forecasts can be compared with it.
 */
final class Trace {

    private static final long MIB = 1L << 20;
    private static final double NIGHT = 0.05;
    private static final double WEEKEND = 0.15;

    /** The kinds of traces. */
    enum Kind {
        MANUAL_PRUNES(0, true),
        WEEKLY_PRUNES(1, true),
        NIGHTLY_PRUNES(2, true),
        GAP(3, true),
        RESIZED_DISK(4, true),
        CLOCK_CHANGE(5, true),
        FIRST_WEEK(6, false),
        FASTER_FOR_THREE_DAYS(7, false);

        private final long seed;
        private final boolean steady;

        Kind(long seed, boolean steady) {
            this.seed = seed;
            this.steady = steady;
        }

        long seed() {
            return seed;
        }

        boolean steady() {
            return steady;
        }
    }

    private final Kind kind;
    private final ZoneId zone;
    private final Instant start;
    private final int asked;
    private final double[] grown;
    private final SplittableRandom random;
    private final List<Level> levels = new ArrayList<>();
    private final List<DiskLevel> disk = new ArrayList<>();
    private long cache;

    /** @param asked number of the hour at which a forecast is asked for */
    Trace(Kind kind, ZoneId zone, Instant start, int asked, long seed) {
        this.kind = kind;
        this.zone = zone;
        this.start = start;
        this.asked = asked;
        this.random = new SplittableRandom(seed);
        this.grown = new double[asked + 45 * 24];
        grow();
        read();
    }

    private void grow() {
        double scale = Math.exp(random.nextGaussian()) * 400 * MIB;
        double day = 1;
        for (int hour = 0; hour < grown.length; hour++) {
            var local = local(hour);
            if (local.getHour() == 0) {
                day = Math.exp(0.3 * random.nextGaussian());
            }
            double rate = (local.getHour() >= 8 && local.getHour() < 18 ? 2 : NIGHT)
                    * (GrowthDays.weekend(local.toLocalDate()) ? WEEKEND : 1)
                    * day;
            if (kind == Kind.FASTER_FOR_THREE_DAYS && hour >= asked - 72) {
                rate *= 3;
            }
            int builds = poisson(rate);
            for (int build = 0; build < builds; build++) {
                grown[hour] += scale * Math.exp(0.8 * random.nextGaussian()) * (random.nextInt(300) == 0 ? 15 : 1);
            }
        }
    }

    private int poisson(double rate) {
        double limit = Math.exp(-rate);
        int count = -1;
        for (double product = 1; product > limit; product *= random.nextDouble()) {
            count++;
        }
        return Math.max(0, count);
    }

    private ZonedDateTime local(int hour) {
        return start.plus(hour, ChronoUnit.HOURS).atZone(zone);
    }

    private void read() {
        cache = 50_000 * MIB;
        long deleted = 0;
        for (int hour = 0; hour < asked; hour++) {
            cache += Math.round(grown[hour]);
            if (prunes(local(hour))) {
                long left = cache / 5 + random.nextLong(cache / 5);
                // Not every prune is recognized.
                deleted += random.nextInt(5) == 0 ? 0 : cache - left;
                cache = left;
            }
            var at = start.plus(hour + 1, ChronoUnit.HOURS);
            boolean away = kind == Kind.GAP && hour >= asked - 240 && hour < asked - 200;
            if (!away) {
                levels.add(new Level(at, cache, deleted));
                disk.add(new DiskLevel(at, space(hour), cache));
                deleted = 0;
            }
        }
    }

    private DiskSpace space(int hour) {
        long total = (kind == Kind.RESIZED_DISK && hour > asked - 100 ? 4_000_000L : 2_000_000L) * MIB;
        return new DiskSpace(new ByteSize(total), new ByteSize(Math.max(0, total - cache - rest(hour))));
    }

    private static long rest(int hour) {
        return 100_000 * MIB + hour * 5L * MIB;
    }

    private boolean prunes(ZonedDateTime local) {
        return switch (kind) {
            case NIGHTLY_PRUNES -> local.getHour() == 3;
            case WEEKLY_PRUNES -> local.getHour() == 3 && local.getDayOfWeek().getValue() == 7;
            default -> random.nextInt(9 * 24) == 0;
        };
    }

    /** Returns the mean growth of an hour before the question. */
    double perHour() {
        double sum = 0;
        for (int hour = 0; hour < asked; hour++) {
            sum += grown[hour];
        }
        return sum / asked;
    }

    /** Returns what was known when the forecast was asked for, on a disk with this much free space. */
    Situation situation(long free) {
        var now = start.plus(asked, ChronoUnit.HOURS);
        var space = new DiskSpace(new ByteSize(cache + rest(asked) + free), new ByteSize(free));
        return new Situation(
                zone,
                Growth.between(levels),
                disk,
                new Situation.Now(now, space, cache, now, Duration.ofHours(3)),
                null,
                null);
    }

    /** Returns in how many hours the free space was really used up, or infinity if it was not. */
    double hoursUntilFull(double free) {
        double left = free;
        for (int hour = asked; hour < grown.length; hour++) {
            double more = grown[hour] + 5 * MIB;
            if (more >= left) {
                return hour - asked + left / more;
            }
            left -= more;
        }
        return Double.POSITIVE_INFINITY;
    }
}
