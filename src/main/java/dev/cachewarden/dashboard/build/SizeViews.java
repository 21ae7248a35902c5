package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.CacheLimits;
import dev.cachewarden.analytics.CacheSizes;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** A factory for views of the hit rate by cache size. */
@Component
class SizeViews {

    private final CacheSizes sizes;
    private final CacheLimits limits;
    private final UsageHistory usage;
    private final SizeWords words;

    SizeViews(CacheSizes sizes, CacheLimits limits, UsageHistory usage, SizeWords words) {
        this.sizes = sizes;
        this.limits = limits;
        this.usage = usage;
        this.words = words;
    }

    SizeView of(BuilderId builder, Duration back) {
        var present = usage.latest(builder)
                .map(sample -> sample.usage().total().size())
                .orElse(null);
        return SizeView.of(sizes.of(builder, back), present, limits.of(builder), words);
    }
}
