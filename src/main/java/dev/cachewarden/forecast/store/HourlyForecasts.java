package dev.cachewarden.forecast.store;

import dev.cachewarden.forecast.Check;
import dev.cachewarden.forecast.DiskLevel;
import dev.cachewarden.forecast.Forecaster;
import dev.cachewarden.forecast.store.Situations.Shared;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageRolledUp;
import dev.cachewarden.host.Builder;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.repeat.Guard;
import dev.cachewarden.store.Columns;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Makes a forecast for each enabled host after the roll-up of each hour, in the replica that polls. */
@Component
class HourlyForecasts {

    private static final Logger LOG = LoggerFactory.getLogger(HourlyForecasts.class);

    /** Growth for forecasts, and for the comparison of those that are two weeks old. */
    private static final Duration HISTORY = Duration.ofDays(30);

    /** After this time, the readings of an hour are stored, and the causes of its deletions are known. */
    private static final Duration SETTLING = Duration.ofMinutes(2);

    private static final Duration KEPT = Duration.ofDays(35);
    private static final Duration CHECKS_KEPT = Duration.ofDays(180);

    /** The same situation always gives the same forecast. */
    private static final long SEED = 20;

    private final HostRegistry hosts;
    private final UsageHistory history;
    private final Policies policies;
    private final Situations situations;
    private final GrowthStore growth;
    private final DiskLevels disks;
    private final StoredForecasts forecasts;
    private final CheckStore checks;
    private final Forecaster forecaster = new Forecaster(() -> new SplittableRandom(SEED));

    HourlyForecasts(
            HostRegistry hosts,
            UsageHistory history,
            Policies policies,
            Situations situations,
            GrowthStore growth,
            DiskLevels disks,
            StoredForecasts forecasts,
            CheckStore checks) {
        this.hosts = hosts;
        this.history = history;
        this.policies = policies;
        this.situations = situations;
        this.growth = growth;
        this.disks = disks;
        this.forecasts = forecasts;
        this.checks = checks;
    }

    @EventListener
    void on(UsageRolledUp event) {
        make(event.at());
    }

    /** Makes the forecasts that this hour still lacks. */
    void make(Instant at) {
        var now = Columns.rounded(at);
        var hour = now.minus(SETTLING).truncatedTo(ChronoUnit.HOURS);
        var times = forecasts.times();
        var all = hosts.all();
        var due = all.stream()
                .filter(WatchedHost::enabled)
                .filter(host -> times.getOrDefault(host.id(), Instant.MIN).isBefore(hour))
                .toList();
        if (due.isEmpty()) {
            return;
        }
        var shared = new Shared(history.latest(), policies.all());
        for (var host : due) {
            Guard.run(
                    () -> make(host, addresses(host, all), shared, hour, now),
                    failure -> LOG.warn("Cannot make the forecast of {}; will retry", host.name(), failure));
        }
        growth.forget(now.minus(KEPT));
        disks.forget(now.minus(KEPT));
        checks.forget(now.minus(CHECKS_KEPT));
    }

    private static List<WatchedHost> addresses(WatchedHost host, List<WatchedHost> all) {
        String engine = host.engineId();
        return engine == null
                ? List.of(host)
                : all.stream().filter(other -> engine.equals(other.engineId())).toList();
    }

    private void make(WatchedHost host, List<WatchedHost> addresses, Shared shared, Instant hour, Instant now) {
        var builders = host.builders().stream().map(Builder::id).toList();
        builders.forEach(builder -> growth.advance(builder, hour));
        if (host.disk() instanceof DiskReading.Known known) {
            disks.add(host.id(), new DiskLevel(known.takenAt(), known.space(), Situations.cacheBytes(host, shared)));
        }
        var hours = growth.hours(builders, now.minus(HISTORY));
        var levels = disks.since(host.id(), now.minus(HISTORY));
        var forecast = forecaster.forecast(situations.of(host, addresses, shared, hours, levels, now));
        forecasts.save(host.id(), forecast);
        checks.settle(host.id(), hours, levels);
        var check = Check.of(forecast, Situations.cacheBytes(host, shared));
        if (check != null) {
            checks.keep(host.id(), check);
        }
    }
}
