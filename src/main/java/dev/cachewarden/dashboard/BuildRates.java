package dev.cachewarden.dashboard;

import dev.cachewarden.analytics.BuildAnalytics;
import dev.cachewarden.analytics.BuildAnalytics.Totals;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildSearch;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The hit rates of hosts over recent builds. */
@Component
public class BuildRates {

    private static final Duration BACK = Duration.ofDays(7);

    private final BuildAnalytics analytics;
    private final HostRegistry hosts;
    private final InstantSource clock;

    BuildRates(BuildAnalytics analytics, HostRegistry hosts, InstantSource clock) {
        this.analytics = analytics;
        this.hosts = hosts;
        this.clock = clock;
    }

    /**
     * A hit rate.
     *
     * @param builds number of successful builds; if it is 0, the rate is unknown
     */
    public record Rate(int builds, HitRate hitRate) {

        static final Rate NONE = new Rate(0, HitRate.NONE);

        Rate plus(Rate other) {
            return new Rate(builds + other.builds, hitRate.plus(other.hitRate));
        }
    }

    /**
     * Returns the totals of all builds that ended, including uploads without a host. They are equal to the totals of the analytics page.
     */
    Totals all() {
        return analytics.totals(lastSevenDays(Set.of()).of(Set.of(), Set.of()));
    }

    /**
     * Returns the rates of any number of hosts with one query, without hosts that have no builds. A build counts for each host that leads
     * to its engine.
     */
    Map<HostId, Rate> byHost(Collection<WatchedHost> some) {
        var byBuilder = new HashMap<BuilderId, Rate>();
        analytics
                .byBuilder(lastSevenDays(Set.of()))
                .forEach(one -> byBuilder.put(one.builder(), new Rate(one.builds(), one.hitRate())));
        var engines = byBuilder.isEmpty() ? Map.<BuilderId, Set<BuilderId>>of() : hosts.buildersByEngine();
        var byHost = new HashMap<HostId, Rate>();
        for (var host : some) {
            var rate = host.builders().stream()
                    .flatMap(builder -> engines.getOrDefault(builder.id(), Set.of()).stream())
                    .distinct()
                    .map(builder -> byBuilder.getOrDefault(builder, Rate.NONE))
                    .reduce(Rate.NONE, Rate::plus);
            if (rate.builds() > 0) {
                byHost.put(host.id(), rate);
            }
        }
        return byHost;
    }

    public Rate of(WatchedHost host) {
        var builders = hosts.buildersOfEngine(host);
        if (builders.isEmpty()) {
            return Rate.NONE;
        }
        var totals = analytics.totals(lastSevenDays(builders));
        return new Rate(totals.builds(), totals.hitRate());
    }

    private BuildFilter lastSevenDays(Set<BuilderId> builders) {
        return new BuildFilter(
                null,
                builders,
                null,
                Set.of(BuildState.DONE),
                null,
                BuildSearch.ALL,
                clock.instant().minus(BACK),
                null);
    }
}
