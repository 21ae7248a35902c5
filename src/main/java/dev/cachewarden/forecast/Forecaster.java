package dev.cachewarden.forecast;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.forecast.GrowthDays.Day;
import dev.cachewarden.forecast.Outlook.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Computes forecasts. Whole days of the past are drawn by working day and weekend, and composed to possible futures. With less than three
 * days, a robust slope of the growth curve gives a rough range.
 */
public final class Forecaster {

    private static final Duration LEAST_TIME = Duration.ofHours(24);
    private static final int LEAST_READINGS = 20;
    private static final int LEAST_DAYS = 3;
    private static final double NOTABLE_PACE = 2;

    private final Supplier<RandomGenerator> random;

    /** @param random a new generator for each outlook, with the same seed if equal situations must give equal forecasts */
    public Forecaster(Supplier<RandomGenerator> random) {
        this.random = random;
    }

    public DiskForecast forecast(Situation situation) {
        var now = situation.now();
        var problem = problem(situation);
        var space = now.space();
        if (problem != null || space == null) {
            var none = problem == null ? diskUnknown() : problem;
            return new DiskForecast(
                    now.at(),
                    space,
                    null,
                    none,
                    situation.policy() == null ? null : none,
                    situation.garbageCollection() == null ? null : none,
                    null);
        }
        var days = GrowthDays.whole(situation.growth(), situation.zone(), now.at());
        return days.size() < LEAST_DAYS ? rough(situation, space) : fromDays(situation, space, days);
    }

    private static Outlook.@Nullable None problem(Situation situation) {
        var now = situation.now();
        var readAt = now.readAt();
        if (now.space() == null) {
            return diskUnknown();
        }
        if (readAt == null) {
            return new Outlook.None(Reason.TOO_SHORT, "No forecast: the cache has never been read.");
        }
        var age = Duration.between(readAt, now.at());
        if (age.compareTo(now.staleAfter()) > 0) {
            return new Outlook.None(
                    Reason.STALE, "No forecast: the last snapshot is " + ForecastText.about(age) + " old.");
        }
        int readings =
                situation.growth().stream().mapToInt(GrowthHour::readings).sum();
        var known = Duration.ofHours(situation.growth().size());
        if (known.compareTo(LEAST_TIME) < 0 || readings < LEAST_READINGS) {
            return new Outlook.None(
                    Reason.TOO_SHORT,
                    "No forecast: the cache has been read for only " + ForecastText.about(known) + ", "
                            + (readings == 1 ? "1 time" : readings + " times")
                            + ". A forecast needs 24 hours and 20 snapshots.");
        }
        return null;
    }

    private static Outlook.None diskUnknown() {
        return new Outlook.None(Reason.DISK_UNKNOWN, "No forecast: the free disk space is unknown.");
    }

    private DiskForecast rough(Situation situation, DiskSpace space) {
        var hours = situation.growth();
        var curve = GrowthCurve.of(hours);
        double free = space.free().bytes();
        Outlook outlook = curve.high() <= 0
                ? notGrowing()
                : outlook(new double[] {hours(free, curve.high()), hours(free, curve.middle()), hours(free, curve.low())
                });
        var later = new Outlook.None(
                Reason.TOO_SHORT, "No forecast: effects of prunes need three whole days of snapshots.");
        var basis = new Basis(0, hours.size(), 0, new ByteSize(Math.round(curve.middle() * 24)), null, null);
        return new DiskForecast(
                situation.now().at(),
                space,
                basis,
                outlook,
                situation.policy() == null ? null : later,
                situation.garbageCollection() == null ? null : later,
                null);
    }

    private static double hours(double free, double perHour) {
        return perHour <= 0 ? Double.POSITIVE_INFINITY : free / perHour;
    }

    private DiskForecast fromDays(Situation situation, DiskSpace space, List<Day> days) {
        var now = situation.now();
        var today = LocalDate.ofInstant(now.at(), situation.zone());
        var pools = DayPools.of(days, GrowthDays.ofRest(situation.disk(), situation.zone(), now.at()), today);
        double disk = space.total().bytes();
        double rest = disk - space.free().bytes() - now.cacheBytes();
        var paths = new Paths(pools, disk, now.cacheBytes(), rest, now.at(), situation.zone());
        var without = outlook(paths, Brake.NONE, pools);
        return new DiskForecast(
                now.at(),
                space,
                basis(situation, days, pools),
                without,
                withPolicies(situation, paths, pools, disk),
                withGarbageCollection(situation, paths, pools, disk),
                pace(situation, pools, today, space));
    }

    private @Nullable Outlook withPolicies(Situation situation, Paths paths, DayPools pools, double disk) {
        var policy = situation.policy();
        if (policy == null) {
            return null;
        }
        if (!policy.automatic()) {
            return new Outlook.None(
                    Reason.MANUAL, "No forecast: the policy " + policy.name() + " never starts automatically.");
        }
        if (policy.left().isEmpty()) {
            return new Outlook.None(
                    Reason.NO_RUNS,
                    "No forecast: the policy " + policy.name() + " has not completed a run on this host yet.");
        }
        return outlook(paths, policy.brake(disk, situation.now().at()), pools);
    }

    private @Nullable Outlook withGarbageCollection(Situation situation, Paths paths, DayPools pools, double disk) {
        var limits = situation.garbageCollection();
        if (limits == null) {
            return null;
        }
        var outlook = outlook(paths, limits.brake(disk), pools);
        if (!(outlook instanceof Outlook.NotWithin)) {
            return outlook;
        }
        var mostUsed = limits.mostUsed();
        return new Outlook.None(
                Reason.HELD,
                mostUsed == null
                        ? "Garbage collection keeps " + size(limits.leastFree()) + " of the disk free."
                        : "Garbage collection holds the cache at " + size(mostUsed) + ".");
    }

    private static ByteSize size(@Nullable Long bytes) {
        return new ByteSize(bytes == null ? 0 : bytes);
    }

    private Outlook outlook(Paths paths, Brake brake, DayPools pools) {
        double[] hours = paths.hoursUntilFull(brake, random.get());
        var outlook =
                outlook(new double[] {Quantiles.at(hours, 0.05), Quantiles.at(hours, 0.5), Quantiles.at(hours, 0.95)});
        return outlook instanceof Outlook.NotWithin && pools.week() <= 0 ? notGrowing() : outlook;
    }

    private static Outlook.None notGrowing() {
        return new Outlook.None(Reason.NOT_GROWING, "No forecast: the used disk space does not grow.");
    }

    /** @param hours the quantiles 5%, 50%, and 95%, infinite if there is no time */
    private static Outlook outlook(double[] hours) {
        var soonest = time(hours[0]);
        return soonest == null || soonest.compareTo(Outlook.FAR) > 0
                ? new Outlook.NotWithin(Outlook.FAR)
                : new Outlook.Range(soonest, time(hours[1]), time(hours[2]));
    }

    private static @Nullable Duration time(double hours) {
        return hours > Paths.HOURS ? null : Duration.ofMinutes(Math.round(hours * 60));
    }

    private static Basis basis(Situation situation, List<Day> days, DayPools pools) {
        var rest = pools.rest();
        return new Basis(
                days.size(),
                situation.growth().size(),
                (int) days.stream().filter(Day::gap).count(),
                new ByteSize(Math.round(pools.workingDays().mean())),
                pools.byKind() ? new ByteSize(Math.round(pools.weekends().mean())) : null,
                rest == null ? null : Math.round(rest.mean()));
    }

    private static @Nullable Pace pace(Situation situation, DayPools pools, LocalDate today, DiskSpace space) {
        Instant since = situation.now().at().minus(LEAST_TIME);
        double grown = situation.growth().stream()
                .filter(hour -> hour.hour().isAfter(since))
                .mapToDouble(GrowthHour::grownBytes)
                .sum();
        double usual = (GrowthDays.weekend(today) ? pools.weekends() : pools.workingDays()).mean();
        if (usual <= 0 || grown < NOTABLE_PACE * usual) {
            return null;
        }
        double minutes = space.free().bytes() / grown * LEAST_TIME.toMinutes();
        return new Pace(new ByteSize(Math.round(grown)), grown / usual, Duration.ofMinutes(Math.round(minutes)));
    }
}
