package dev.cachewarden.planner;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.DiskSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calculation of the records of a snapshot that a list of rules would delete.
 *
 * <p>The planner applies the rules in order, each to the records that earlier rules left, as BuildKit does with its own rules. A rule
 * selects one record at a time among those without remaining children. It selects the least recently used record, the one cheapest to
 * rebuild, or the one that BuildKit would select. A record is therefore selected only after all its children. Records in use are never
 * selected, and shared records only if a rule includes them.
 *
 * <p>The time is O(n log n) in the number of records, and linear in the number of rules.
 */
public final class PrunePlanner {

    private PrunePlanner() {}

    /**
     * Calculates a proposal.
     *
     * @param snapshot all records of one snapshot, in any order; the result does not depend on it
     * @param disk the disk that holds the cache, or null if it is unknown; rules that need an unknown disk select nothing
     * @param rebuildTimes rebuild times by record ID; a missing time is unknown. Only the order {@code CHEAPEST_TO_REBUILD} reads it
     * @param rules the rules, in order; with no rules, every record stays
     * @param pins records that match one of these filters stay
     * @param limitPerRun the limit for all rules together; planning stops before the first record that would exceed it
     * @param now the time to which ages are calculated
     * @throws IllegalArgumentException if two records of the snapshot have the same ID
     */
    public static PruneProposal propose(
            Collection<CacheRecord> snapshot,
            @Nullable DiskSpace disk,
            Map<String, Duration> rebuildTimes,
            List<PruneRule> rules,
            List<Filter> pins,
            LimitPerRun limitPerRun,
            Instant now) {
        return decide(CacheGraph.of(snapshot), disk, rebuildTimes, rules, pins, limitPerRun, now)
                .proposal();
    }

    /** Makes the same decisions for records that are already in a graph. See {@link #propose}. */
    public static PruneDecisions decide(
            CacheGraph graph,
            @Nullable DiskSpace disk,
            Map<String, Duration> rebuildTimes,
            List<PruneRule> rules,
            List<Filter> pins,
            LimitPerRun limitPerRun,
            Instant now) {
        boolean withShared = rules.stream().anyMatch(rule -> rule.selection().includeShared());
        var planning = new Planning(graph, disk, rebuildTimes, pins, limitPerRun.in(graph.bytes(withShared)), now);
        for (int i = 0; i < rules.size(); i++) {
            RulePass.of(planning, i + 1, rules.get(i)).run();
        }
        return planning.decisions();
    }

    /** Calculates a proposal without pins, for a cache with unknown disk and rebuild times. */
    public static PruneProposal propose(
            Collection<CacheRecord> snapshot, List<PruneRule> rules, LimitPerRun limitPerRun, Instant now) {
        return propose(snapshot, null, Map.of(), rules, List.of(), limitPerRun, now);
    }
}
