package dev.cachewarden.alert.store;

import dev.cachewarden.alert.Observation;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.Subject;
import dev.cachewarden.alert.Threshold.Unit;
import dev.cachewarden.alert.Value.Measured;
import dev.cachewarden.forecast.DiskForecast;
import dev.cachewarden.forecast.ForecastText;
import dev.cachewarden.forecast.Forecasts;
import dev.cachewarden.forecast.Outlook;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.notify.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The forecast time until the disk of each host is full, with the runs of its policy and the garbage collection of its builder. A forecast alone
 * fires nothing: with at least 40% of free space, the disk counts as not full for a long time, and with at least 20%, for at least a day.
 */
@Component
class ForecastValues implements AlertSource {

    private static final int MUCH_FREE = 40;
    private static final int SOME_FREE = 20;
    private static final Duration DAY = Duration.ofDays(1);

    private final Forecasts forecasts;
    private final HostRegistry hosts;

    ForecastValues(Forecasts forecasts, HostRegistry hosts) {
        this.forecasts = forecasts;
        this.hosts = hosts;
    }

    @Override
    public Set<RuleId> rules() {
        return Set.of(RuleId.FULL_WITHIN);
    }

    @Override
    public Duration fresh() {
        return Duration.ofMinutes(1);
    }

    @Override
    public List<Observation> observe(Instant now) {
        var latest = forecasts.latest();
        var found = new ArrayList<Observation>();
        for (var host : hosts.all()) {
            if (host.enabled()) {
                found.add(of(host, latest.get(host.id()), now));
            }
        }
        return found;
    }

    static Observation of(WatchedHost host, @Nullable DiskForecast forecast, Instant now) {
        if (host.reachability() instanceof Reachability.Unreachable) {
            return unknown(host, "The host is unreachable.");
        }
        var space = DiskMeter.last(host, now).space();
        if (forecast == null || space == null) {
            return unknown(host, forecast == null ? "There is no forecast yet." : "The free disk space is unknown.");
        }
        var outlook = expected(forecast);
        boolean much = space.free().compareTo(space.share(MUCH_FREE)) >= 0;
        boolean some = space.free().compareTo(space.share(SOME_FREE)) >= 0;
        return switch (outlook) {
            case Outlook.None none ->
                switch (none.reason()) {
                    case NOT_GROWING, HELD -> known(host, outlook, Outlook.FAR);
                    case DISK_UNKNOWN, STALE, TOO_SHORT, NO_RUNS, MANUAL -> unknown(host, none.text());
                };
            case Outlook.NotWithin notWithin -> known(host, outlook, Outlook.FAR);
            case Outlook.Range range -> {
                var passed = Duration.between(forecast.madeAt(), now);
                var left = time(range).minus(passed);
                yield known(host, outlook, much ? Outlook.FAR : some ? longer(left, DAY) : longer(left, Duration.ZERO));
            }
        };
    }

    /** Returns the outlook with everything that is known to delete from the cache. */
    private static Outlook expected(DiskForecast forecast) {
        var policies = forecast.withPolicies();
        if (policies != null && !(policies instanceof Outlook.None)) {
            return policies;
        }
        var collection = forecast.withGarbageCollection();
        return collection == null ? forecast.withoutPruning() : collection;
    }

    /** Returns the time that is below a horizon only if the median is, and if 5% of the paths are full in half of it. */
    private static Duration time(Outlook.Range range) {
        var twice = range.p5().multipliedBy(2);
        return range.p50() == null ? longer(Outlook.FAR, twice) : longer(range.p50(), twice);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Observation known(WatchedHost host, Outlook outlook, Duration time) {
        var text = ForecastText.of(outlook);
        return new Observation(
                RuleId.FULL_WITHIN,
                Subject.of(host),
                new Measured(Unit.DURATION, time.toSeconds()),
                text,
                List.of(new Fact("Forecast", text)));
    }

    private static Observation unknown(WatchedHost host, String reason) {
        return Observation.unknown(RuleId.FULL_WITHIN, Subject.of(host), reason);
    }
}
