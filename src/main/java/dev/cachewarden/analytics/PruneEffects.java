package dev.cachewarden.analytics;

import dev.cachewarden.analytics.PruneEffect.Side;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildSearch;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.buildcache.Timestamps;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A comparison of builds before and after prunes. */
@Component
public class PruneEffects {

    private static final int MISSED_BUILDS_SHOWN = 10;

    private final BuildAnalytics analytics;
    private final HostRegistry hosts;
    private final InstantSource clock;

    PruneEffects(BuildAnalytics analytics, HostRegistry hosts, InstantSource clock) {
        this.analytics = analytics;
        this.hosts = hosts;
        this.clock = clock;
    }

    /**
     * Returns the effect of a run that has ended.
     *
     * @param engineId ID of the pruned engine; other hosts that connect to the same engine may have reported builds
     */
    public PruneEffect of(long runId, BuilderId builder, String engineId, Instant startedAt, Instant endedAt) {
        var builders = new HashSet<BuilderId>();
        builders.add(builder);
        hosts.withEngine(engineId).forEach(host -> host.builders().forEach(one -> builders.add(one.id())));
        var before = side(builders, startedAt.minus(PruneEffect.WITHIN), startedAt);
        var over = endedAt.plus(PruneEffect.WITHIN);
        var after = clock.instant().isBefore(over) ? null : side(builders, endedAt, over);
        return new PruneEffect(
                unknown(before, after, over), before, after, analytics.missedBuilds(runId, MISSED_BUILDS_SHOWN));
    }

    private Side side(Set<BuilderId> builders, Instant from, Instant until) {
        var filter = new BuildFilter(null, builders, null, Set.of(BuildState.DONE), null, BuildSearch.ALL, from, until);
        var totals = analytics.totals(filter);
        return new Side(totals.builds(), totals.hitRate(), totals.p50());
    }

    private static @Nullable String unknown(Side before, @Nullable Side after, Instant over) {
        if (after == null) {
            return "Unknown until " + Timestamps.text(over) + ", 24 hours after the end of the run.";
        }
        if (before.builds() == 0 && after.builds() == 0) {
            return "Unknown: this host has no successful builds in the 24 hours before or after the run.";
        }
        if (before.builds() == 0) {
            return "Unknown: this host has no successful builds in the 24 hours before the run.";
        }
        return after.builds() == 0
                ? "Unknown: this host has no successful builds in the 24 hours after the run."
                : null;
    }
}
