package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The result of a policy replayed on the history of one builder.
 *
 * @param from the start of the replay: the requested time, or the start of the history
 * @param starts how often the replay started the policy
 * @param thinned whether the policy would have started more often than that
 * @param pruned the records it would have deleted, counted once per deletion
 * @param misses the deleted records that were used again later
 * @param points the size of the cache over time, oldest first
 */
public record ReplayReport(
        BuilderId builder,
        Instant from,
        Instant until,
        int starts,
        boolean thinned,
        Amount pruned,
        Misses misses,
        List<Point> points) {

    public ReplayReport {
        points = List.copyOf(points);
    }

    /**
     * The deleted records that were used again later, and would have been rebuilt.
     *
     * @param missed these records
     * @param missingParents the parents of these records that would have been missing too
     * @param rebuild the total rebuild time of {@code missed} and {@code missingParents}, as far as it is known
     * @param rebuildsUnknown the number of these records whose rebuild time is unknown
     * @param worst the largest of the missed records, largest first
     */
    public record Misses(
            Amount missed, Amount missingParents, Duration rebuild, long rebuildsUnknown, List<Missed> worst) {

        public Misses {
            worst = List.copyOf(worst);
        }
    }

    /**
     * The size of the cache at a time.
     *
     * @param without the actual size
     * @param with the size with the policy
     */
    public record Point(Instant at, ByteSize without, ByteSize with) {}

    /** A record that would have been deleted, and was used after that. */
    public record Missed(String recordId, String description, ByteSize size, Instant prunedAt, Instant usedAt) {}
}
