package dev.cachewarden.build.held;

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

/** The last readings of engines. Where several hosts lead to one, each has a reading of the same cache; the last of them counts. */
@Component
class EngineReadings {

    private final UsageHistory history;

    EngineReadings(UsageHistory history) {
        this.history = history;
    }

    /** @param builders all of one engine; empty: none of them was ever read */
    Optional<CacheSnapshot> of(Collection<BuilderId> builders) {
        return readLast(builders).flatMap(history::snapshot);
    }

    /** How much there is of each description, which many records may have. */
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
