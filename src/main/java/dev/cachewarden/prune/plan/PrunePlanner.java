package dev.cachewarden.prune.plan;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.prune.plan.rule.Ceiling;
import dev.cachewarden.prune.plan.rule.Filter;
import dev.cachewarden.prune.plan.rule.PruneRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Works out what ordered rules would delete of a snapshot.
 *
 * <p>The rules are applied one after the other, each to what those before it left, as BuildKit does with its own. A rule takes the least
 * recently used record, or the one that is cheapest to rebuild or that BuildKit would take, among those that nothing builds on any more, again and again, so the result is
 * closed downwards: a record goes only if all that builds on it goes before it. Records in use never go, shared ones only where a rule
 * includes them.
 *
 * <p>Time grows with n log n of the records and linearly with the rules.
 */
public final class PrunePlanner {

    private PrunePlanner() {}

    /**
     * Plans.
     *
     * @param snapshot all records of one reading, in any order; the result does not depend on it
     * @param disk that holds the cache; null: not known, and rules that need it take nothing
     * @param rebuildTimes how long records take to make again, by id; of those that are missing it is not known. Only the order
     *     {@code CHEAPEST_TO_REBUILD} asks for it
     * @param rules from the first to the last; none: everything stays
     * @param pins a record that passes any of them never goes
     * @param ceiling over all rules together; planning stops before the record that would go beyond it
     * @param now what ages are counted to
     * @throws IllegalArgumentException if two records of the snapshot have the same id
     */
    public static PruneProposal propose(
            Collection<CacheRecord> snapshot,
            @Nullable DiskSpace disk,
            Map<String, Duration> rebuildTimes,
            List<PruneRule> rules,
            List<Filter> pins,
            Ceiling ceiling,
            Instant now) {
        return decide(CacheGraph.of(snapshot), disk, rebuildTimes, rules, pins, ceiling, now)
                .proposal();
    }

    /** Plans the same for records that lie in a graph already; see {@link #propose}. */
    public static PruneDecisions decide(
            CacheGraph graph,
            @Nullable DiskSpace disk,
            Map<String, Duration> rebuildTimes,
            List<PruneRule> rules,
            List<Filter> pins,
            Ceiling ceiling,
            Instant now) {
        boolean withShared = rules.stream().anyMatch(rule -> rule.selection().includeShared());
        var planning = new Planning(graph, disk, rebuildTimes, pins, ceiling.in(graph.bytes(withShared)), now);
        for (int i = 0; i < rules.size(); i++) {
            RulePass.of(planning, i + 1, rules.get(i)).run();
        }
        return planning.decisions();
    }

    /** Plans without pins, for a cache of which neither the disk nor rebuild times are known. */
    public static PruneProposal propose(
            Collection<CacheRecord> snapshot, List<PruneRule> rules, Ceiling ceiling, Instant now) {
        return propose(snapshot, null, Map.of(), rules, List.of(), ceiling, now);
    }
}
