package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.BuildAnalytics;
import dev.cachewarden.analytics.BuildAnalytics.BuilderRate;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The hit rates and durations of builds by host. Hosts that connect to the same engine are one row, as in the list of builds. */
@Component
class HostRates {

    private final BuildAnalytics analytics;
    private final HostRegistry hosts;

    HostRates(BuildAnalytics analytics, HostRegistry hosts) {
        this.analytics = analytics;
        this.hosts = hosts;
    }

    /**
     * The successful builds of one engine.
     *
     * @param builder one builder of the engine
     * @param hosts hosts that connect to the engine; empty if Cachewarden no longer watches it
     * @param builds number of builds
     * @param p50 median duration, or null if no build has a duration
     */
    record HostRate(
            BuilderId builder,
            List<WatchedHost> hosts,
            int builds,
            HitRate hitRate,
            @Nullable Duration p50) {}

    List<HostRate> of(BuildFilter filter) {
        var engines = hosts.buildersByEngine();
        var byEngine = new LinkedHashMap<Set<BuilderId>, List<BuilderRate>>();
        for (var rate : analytics.byBuilder(filter)) {
            byEngine.computeIfAbsent(
                            engines.getOrDefault(rate.builder(), Set.of(rate.builder())), any -> new ArrayList<>())
                    .add(rate);
        }
        return byEngine.entrySet().stream()
                .map(entry -> rate(entry.getKey(), entry.getValue(), filter))
                .toList();
    }

    private HostRate rate(Set<BuilderId> engine, List<BuilderRate> rates, BuildFilter filter) {
        var first = rates.getFirst();
        var leading = hosts.all().stream()
                .filter(host -> host.builders().stream().anyMatch(builder -> engine.contains(builder.id())))
                .toList();
        if (rates.size() == 1) {
            return new HostRate(first.builder(), leading, first.builds(), first.hitRate(), first.p50());
        }
        // The median of all builds cannot be computed from the medians of the builders.
        var all = analytics.totals(filter.of(engine, Set.of(BuildState.DONE)));
        return new HostRate(first.builder(), leading, all.builds(), all.hitRate(), all.p50());
    }
}
