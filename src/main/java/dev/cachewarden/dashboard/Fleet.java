package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.dashboard.HostStatus.Level;
import dev.cachewarden.forecast.DiskForecast;
import dev.cachewarden.forecast.ForecastText;
import dev.cachewarden.forecast.Forecasts;
import dev.cachewarden.forecast.Headroom;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.history.ReadingDelays;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All hosts with their latest readings, combined for the pages. */
@Component
public class Fleet {

    /** The minimum share of used disk space at which a host needs attention. */
    static final double FULL = 0.9;

    /** A host needs attention if its disk is usually full within this time. */
    private static final Duration SOON = Duration.ofHours(12);

    private final HostRegistry registry;
    private final UsageHistory history;
    private final ReadingDelays delays;
    private final Forecasts forecasts;
    private final InstantSource clock;
    private final Words words;

    Fleet(
            HostRegistry registry,
            UsageHistory history,
            ReadingDelays delays,
            Forecasts forecasts,
            InstantSource clock,
            Words words) {
        this.delays = delays;
        this.forecasts = forecasts;
        this.registry = registry;
        this.history = history;
        this.clock = clock;
        this.words = words;
    }

    /** Returns all hosts in the order of their names. */
    public List<HostSummary> all() {
        var latest = history.latest();
        var hosts = registry.all();
        var counted = countedByEngine(hosts);
        var expected = forecasts.latest();
        return hosts.stream()
                .map(host -> summary(host, latest, counted, expected))
                .toList();
    }

    /** Returns one host, which is compared with the other hosts of the same engine. */
    public HostSummary summary(WatchedHost host) {
        var expected = forecasts
                .latest(host.id())
                .map(forecast -> Map.of(host.id(), forecast))
                .orElse(Map.of());
        return summary(host, history.latest(), countedByEngine(registry.all()), expected);
    }

    /** Returns the ID of the host that each engine is counted for: the first registered one of the hosts that lead to it. */
    private static Map<String, Long> countedByEngine(List<WatchedHost> hosts) {
        var counted = new HashMap<String, Long>();
        for (var host : hosts) {
            if (host.engineId() != null) {
                counted.merge(host.engineId(), host.id().value(), Math::min);
            }
        }
        return counted;
    }

    private HostSummary summary(
            WatchedHost host,
            Map<BuilderId, UsageSample> latest,
            Map<String, Long> counted,
            Map<HostId, DiskForecast> expected) {
        var samples = host.builders().stream()
                .map(builder -> latest.get(builder.id()))
                .filter(Objects::nonNull)
                .toList();
        var takenAt = samples.stream()
                .map(UsageSample::takenAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
        var usage = samples.isEmpty()
                ? null
                : sum(samples.stream().map(UsageSample::usage).toList());
        return new HostSummary(
                host,
                status(host, takenAt, expected.get(host.id())),
                usage,
                takenAt,
                host.engineId() != null
                        && counted.getOrDefault(host.engineId(), Long.MAX_VALUE)
                                < host.id().value(),
                DiskMeter.last(host, clock.instant()));
    }

    /** Returns the total of several caches. */
    public static CacheUsage sum(Collection<CacheUsage> usages) {
        var sums = new TreeMap<RecordType, Map<UsageState, Amount>>();
        for (var usage : usages) {
            usage.byType()
                    .forEach((type, states) -> states.forEach(
                            (state, amount) -> sums.computeIfAbsent(type, t -> new EnumMap<>(UsageState.class))
                                    .merge(state, amount, Amount::plus)));
        }
        return new CacheUsage(sums);
    }

    private HostStatus status(WatchedHost host, @Nullable Instant takenAt, @Nullable DiskForecast forecast) {
        if (!host.enabled()) {
            return new HostStatus(
                    Level.UNKNOWN,
                    "Disabled",
                    "Polling is disabled for this host.",
                    host.reachability().since());
        }
        return switch (host.reachability()) {
            case Reachability.Unreachable state ->
                new HostStatus(
                        Level.BAD,
                        word(state.problem().cause()),
                        state.problem().message(),
                        state.since());
            case Reachability.Unknown state ->
                delays.since(host.id())
                        .map(since -> new HostStatus(
                                Level.UNKNOWN,
                                "No snapshot yet",
                                "The first snapshot waits for those of other hosts.",
                                since))
                        .orElseGet(() -> new HostStatus(
                                Level.UNKNOWN,
                                "No snapshot yet",
                                "Cachewarden has not completed a snapshot yet.",
                                state.since()));
            case Reachability.Reachable state -> answering(host, takenAt, state.since(), forecast);
        };
    }

    private HostStatus answering(
            WatchedHost host, @Nullable Instant takenAt, Instant since, @Nullable DiskForecast forecast) {
        if (takenAt == null) {
            return new HostStatus(
                    Level.UNKNOWN, "No snapshot yet", "The host responds, but no snapshot is complete yet.", since);
        }
        var staleAt = takenAt.plus(UsageHistory.staleAfter(host.pollInterval()));
        if (clock.instant().isAfter(staleAt)) {
            var delayed = delays.since(host.id());
            if (delayed.isPresent()) {
                return new HostStatus(
                        Level.UNKNOWN,
                        "Delayed",
                        "Cachewarden is too busy to poll this host. The last snapshot is " + words.since(takenAt)
                                + " old.",
                        delayed.get());
            }
            var detail = "The last snapshot is " + words.since(takenAt) + " old. The poll interval is "
                    + words.duration(host.pollInterval()) + ".";
            return new HostStatus(Level.UNKNOWN, "Stale", detail, staleAt);
        }
        return switch (DiskMeter.last(host, clock.instant())) {
            case DiskReading.Unknown unknown ->
                new HostStatus(
                        Level.DISK_UNKNOWN,
                        "Disk unknown",
                        "The free disk space is unknown, so Cachewarden cannot warn about a full disk. "
                                + unknown.problem(),
                        since);
            case DiskReading.Known known -> measured(known.space(), since, forecast);
        };
    }

    private HostStatus measured(DiskSpace disk, Instant since, @Nullable DiskForecast forecast) {
        double used = words.share(disk.total().minusOrZero(disk.free()), disk.total());
        if (used >= FULL) {
            return new HostStatus(
                    Level.WARN,
                    words.percent(used) + " full",
                    "Only " + disk.free() + " of disk space is free.",
                    since);
        }
        if (forecast != null && Headroom.soon(disk, forecast.withoutPruning(), SOON)) {
            return new HostStatus(
                    Level.WARN,
                    "Full soon",
                    "Without pruning, the disk is soon full. " + ForecastText.of(forecast.withoutPruning()),
                    since);
        }
        return new HostStatus(Level.OK, "Healthy", "", since);
    }

    private static String word(HostProblem.Cause cause) {
        return switch (cause) {
            case REFUSED, NO_ROUTE -> "Unreachable";
            case FORBIDDEN -> "Access denied";
            case TIMEOUT -> "Timed out";
            case TLS -> "TLS error";
            case NOT_AN_ENGINE -> "Not an engine";
            case UNSUPPORTED_VERSION -> "Unsupported";
            case BAD_ANSWER -> "Invalid response";
            case ENGINE_ERROR -> "Engine error";
            case DIFFERENT_ENGINE -> "Different engine";
            case DELAYED -> "Delayed";
            case NOT_STORED -> "Not stored";
            case ENGINE_CONFLICT -> "Engine ID conflict";
        };
    }
}
