package dev.cachewarden.analytics;

import dev.cachewarden.build.RebuildTimes;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The hit rate by cache size for the cache of a builder, based on the stored uses of its records. */
@Component
public class CacheSizes {

    private final UsageHistory history;
    private final RebuildTimes rebuildTimes;
    private final EndedBuilds builds;
    private final HostRegistry hosts;
    private final InstantSource clock;

    CacheSizes(
            UsageHistory history,
            RebuildTimes rebuildTimes,
            EndedBuilds builds,
            HostRegistry hosts,
            InstantSource clock) {
        this.history = history;
        this.rebuildTimes = rebuildTimes;
        this.builds = builds;
        this.hosts = hosts;
        this.clock = clock;
    }

    /**
     * Computes the size curve of the cache of a builder.
     *
     * @param back period to look back; the retention of uses limits it
     */
    public SizeReading of(BuilderId builder, Duration back) {
        var from = clock.instant().minus(back);
        var past = history.past(builder, from);
        var times = rebuildTimes.of(
                builder, past.lives().stream().map(RecordLife::record).toList());
        return CacheUses.reading(past, from, times, builds.since(from, ofEngine(builder)));
    }

    private Set<BuilderId> ofEngine(BuilderId builder) {
        return hosts.ofBuilder(builder).map(hosts::buildersOfEngine).orElse(Set.of(builder));
    }
}
