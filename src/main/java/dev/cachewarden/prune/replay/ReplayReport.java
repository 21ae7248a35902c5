package dev.cachewarden.prune.replay;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A policy replayed over the history of one builder.
 *
 * @param from where the replay begins: as asked for, or where the history does
 * @param fires how often the policy was let fire
 * @param thinned whether it would have fired more often than that
 * @param pruned what it would have deleted, a record each time it would have gone
 * @param missed those of them that were used again later, and so would have had to be made again
 * @param madeAlong what these build on and would have been gone too
 * @param rebuild how long builds would have taken to make again both of these, as far as it is known
 * @param rebuildsUnknown of how many of them it is not
 * @param worst the largest of those missed, largest first
 * @param points bytes over time, oldest first
 */
public record ReplayReport(
        BuilderId builder,
        Instant from,
        Instant until,
        int fires,
        boolean thinned,
        Amount pruned,
        Amount missed,
        Amount madeAlong,
        Duration rebuild,
        long rebuildsUnknown,
        List<Missed> worst,
        List<Point> points) {

    public ReplayReport {
        worst = List.copyOf(worst);
        points = List.copyOf(points);
    }

    /**
     * The cache at a time.
     *
     * @param without as it was
     * @param with as it would have been with the policy
     */
    public record Point(Instant at, ByteSize without, ByteSize with) {}

    /** A record that would have gone, and was used after that. */
    public record Missed(String recordId, String description, ByteSize size, Instant prunedAt, Instant usedAt) {}
}
