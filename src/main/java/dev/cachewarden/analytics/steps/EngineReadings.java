package dev.cachewarden.analytics.steps;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The latest snapshots of engines. If several hosts connect to one engine, each has a snapshot of the same cache, and the latest counts.
 */
@Component
class EngineReadings {

    private final UsageHistory history;

    EngineReadings(UsageHistory history) {
        this.history = history;
    }

    /**
     * Returns the latest snapshot of an engine, or empty if there is none.
     *
     * @param builders all builders of one engine
     */
    Optional<CacheSnapshot> of(Collection<BuilderId> builders) {
        return readLast(builders).flatMap(history::snapshot);
    }

    /** Returns the number and size of records for each description, which many records can share. */
    Map<String, Amount> byDescription(Collection<BuilderId> builders) {
        return readLast(builders).map(history::byDescription).orElse(Map.of());
    }

    private Optional<BuilderId> readLast(Collection<BuilderId> builders) {
        return builders.size() == 1
                ? builders.stream().findFirst()
                : builders.stream().max(Comparator.comparing(this::readAt).thenComparingLong(BuilderId::value));
    }

    private Instant readAt(BuilderId builder) {
        return history.latest(builder).map(UsageSample::takenAt).orElse(Instant.MIN);
    }
}
