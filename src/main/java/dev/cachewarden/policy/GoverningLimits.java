package dev.cachewarden.policy;

import dev.cachewarden.build.CacheLimit;
import dev.cachewarden.build.PolicyLimits;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The cache limits of policies, for the analysis of builds. */
@Component
class GoverningLimits implements PolicyLimits {

    private final Policies policies;
    private final HostRegistry hosts;
    private final InstantSource clock;

    GoverningLimits(Policies policies, HostRegistry hosts, InstantSource clock) {
        this.policies = policies;
        this.hosts = hosts;
        this.clock = clock;
    }

    @Override
    public List<CacheLimit> of(WatchedHost host) {
        var addresses = host.engineId() == null ? List.of(host) : hosts.withEngine(host.engineId());
        return of(
                addresses, policies.all(), DiskMeter.last(host, clock.instant()).space());
    }

    /**
     * Returns the cache limits of an engine.
     *
     * @param addresses every host that connects to the engine
     */
    static List<CacheLimit> of(
            Collection<WatchedHost> addresses, Collection<PolicyView> policies, @Nullable DiskSpace disk) {
        var precedence = PolicyPrecedence.of(addresses, policies);
        boolean asleep = addresses.stream().noneMatch(WatchedHost::enabled);
        return Stream.concat(precedence.governing().stream(), precedence.watching().stream())
                .flatMap(policy ->
                        WholeCache.limit(policy.rules(), policy.triggers().watermark(), disk)
                                .map(limit -> limit(policy, limit, asleep))
                                .stream())
                .toList();
    }

    private static CacheLimit limit(PolicyView policy, WholeCache limit, boolean asleep) {
        var named = new CacheLimit.Policy(policy.id(), policy.name(), policy.version());
        return new CacheLimit(named, limit.words(), limit.size(), idle(policy, asleep));
    }

    private static @Nullable String idle(PolicyView policy, boolean asleep) {
        if (policy.mode() == PolicyMode.REPORT) {
            return "it is in report mode";
        }
        if (asleep) {
            return "the host is disabled";
        }
        return hasAutomaticTrigger(policy.triggers()) ? null : "it has no automatic trigger";
    }

    private static boolean hasAutomaticTrigger(Triggers triggers) {
        return triggers.cron() != null || triggers.watermark() != null || triggers.afterBuilds();
    }
}
