package dev.cachewarden.history;

import dev.cachewarden.host.Builder;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Builder} with its last reading in JSON.
 *
 * @param host name of its host
 * @param latest last reading, or null if the builder was never read, so that its usage is unknown
 * @param stale whether the last reading is too old to represent the current state, or the host is unreachable
 */
record BuilderUsageResponse(
        long id,
        long hostId,
        String host,
        String name,
        String driver,
        @Nullable UsageSampleResponse latest,
        boolean stale) {

    static BuilderUsageResponse of(WatchedHost host, Builder builder, @Nullable UsageSample latest, Instant now) {
        boolean old =
                latest == null || now.isAfter(latest.takenAt().plus(UsageHistory.staleAfter(host.pollInterval())));
        return new BuilderUsageResponse(
                builder.id().value(),
                host.id().value(),
                host.name(),
                builder.name(),
                builder.driver(),
                latest == null ? null : UsageSampleResponse.of(latest),
                old || !(host.reachability() instanceof Reachability.Reachable));
    }
}
