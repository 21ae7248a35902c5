package dev.cachewarden.forecast.store;

import dev.cachewarden.forecast.DiskLevel;
import dev.cachewarden.forecast.GarbageCollection;
import dev.cachewarden.forecast.GrowthHour;
import dev.cachewarden.forecast.Situation;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.Builder;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.GcPolicy;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.policy.PolicyView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Collects what is known about the disk of a host. */
@Component
class Situations {

    private static final Duration LEAST_STALE = Duration.ofHours(1);

    private final FutureOfPolicies policies;

    Situations(FutureOfPolicies policies) {
        this.policies = policies;
    }

    /**
     * The data that all hosts share.
     *
     * @param latest the last reading of each builder
     * @param policies all policies
     */
    record Shared(Map<BuilderId, UsageSample> latest, Collection<PolicyView> policies) {}

    /** @param addresses every host that connects to the same engine, this one included */
    Situation of(
            WatchedHost host,
            Collection<WatchedHost> addresses,
            Shared shared,
            List<GrowthHour> growth,
            List<DiskLevel> disk,
            Instant now) {
        var space = DiskMeter.last(host, now).space();
        var policy = FutureOfPolicies.governing(addresses, shared.policies()).orElse(null);
        return new Situation(
                zone(policy),
                growth,
                disk,
                new Situation.Now(now, space, cacheBytes(host, shared), readAt(host, shared), staleAfter(host)),
                policy == null ? null : policies.of(policy, addresses, space, now),
                garbageCollection(host));
    }

    /** Returns the time zone of the schedule, which is most probably that of the users. */
    private static ZoneId zone(@Nullable PolicyView policy) {
        return policy == null || policy.cron() == null ? ZoneOffset.UTC : policy.timeZone();
    }

    static long cacheBytes(WatchedHost host, Shared shared) {
        return samples(host, shared).stream()
                .mapToLong(sample -> sample.usage().total().size().bytes())
                .sum();
    }

    private static @Nullable Instant readAt(WatchedHost host, Shared shared) {
        return samples(host, shared).stream()
                .map(UsageSample::takenAt)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static List<UsageSample> samples(WatchedHost host, Shared shared) {
        return host.builders().stream()
                .map(Builder::id)
                .map(shared.latest()::get)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Duration staleAfter(WatchedHost host) {
        var stale = UsageHistory.staleAfter(host.pollInterval());
        return stale.compareTo(LEAST_STALE) < 0 ? LEAST_STALE : stale;
    }

    /** Returns the limits of the last rule that applies to every record at any age, or null if no such rule has a limit. */
    static @Nullable GarbageCollection garbageCollection(WatchedHost host) {
        var capabilities = host.capabilities();
        return capabilities == null
                ? null
                : capabilities.gcPolicies().reversed().stream()
                        .filter(rule ->
                                rule.filters().isEmpty() && rule.keepDuration().isZero())
                        .filter(rule -> rule.most() != null || rule.free() != null)
                        .findFirst()
                        .map(Situations::limits)
                        .orElse(null);
    }

    private static GarbageCollection limits(GcPolicy rule) {
        var most = rule.most();
        var free = rule.free();
        return new GarbageCollection(
                most == null ? null : most.bytes(),
                free == null ? null : free.bytes(),
                rule.reservedSpace().bytes());
    }
}
