package dev.cachewarden.prune.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.prune.plan.PruneProposal.Going;
import dev.cachewarden.prune.plan.PruneProposal.Staying;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has been decided so far while the rules are applied. Records go by their number in the graph. */
final class Planning {

    private final CacheGraph graph;
    private final Instant now;
    private final ByteSize ceiling;
    private final int[] childrenLeft;
    private final boolean[] gone;
    private final Obstacles obstacles;
    private final List<Going> goes = new ArrayList<>();
    private long takenBytes;
    private boolean ceilingReached;

    Planning(CacheGraph graph, Ceiling ceiling, Instant now) {
        this.graph = graph;
        this.now = now;
        this.ceiling = ceiling.in(cacheSize(graph));
        this.childrenLeft = graph.childCounts();
        this.gone = new boolean[graph.size()];
        this.obstacles = new Obstacles(graph);
    }

    private static ByteSize cacheSize(CacheGraph graph) {
        long bytes = 0;
        for (int i = 0; i < graph.size(); i++) {
            if (!graph.record(i).shared()) {
                bytes = Saturating.plus(bytes, graph.record(i).size().bytes());
            }
        }
        return new ByteSize(bytes);
    }

    int size() {
        return graph.size();
    }

    CacheRecord record(int number) {
        return graph.record(number);
    }

    /** Whether it may go by what it is, whatever the rules. */
    boolean deletable(int number) {
        return graph.deletable(number);
    }

    int[] parents(int number) {
        return graph.parents(number);
    }

    Instant now() {
        return now;
    }

    ByteSize ceiling() {
        return ceiling;
    }

    boolean gone(int number) {
        return gone[number];
    }

    /** Whether nothing that stays builds on it. */
    boolean free(int number) {
        return childrenLeft[number] == 0;
    }

    /** Whether taking it would go beyond the ceiling. Once it would, nothing more is taken: order goes before size. */
    boolean beyondCeiling(int number) {
        ceilingReached |= Saturating.plus(takenBytes, record(number).size().bytes()) > ceiling.bytes();
        return ceilingReached;
    }

    void take(int number, Reason.Taken reason) {
        gone[number] = true;
        takenBytes += record(number).size().bytes();
        goes.add(new Going(record(number), reason));
        for (int parent : parents(number)) {
            childrenLeft[parent]--;
        }
    }

    Obstacles obstacles() {
        return obstacles;
    }

    PruneProposal proposal() {
        var holders = new Holders(graph, gone);
        var stays = new ArrayList<Staying>(size() - goes.size());
        for (int i = 0; i < size(); i++) {
            if (!gone[i]) {
                stays.add(new Staying(record(i), whyItStays(i, holders)));
            }
        }
        return new PruneProposal(now, goes, stays, ceiling);
    }

    private Reason.Kept whyItStays(int number, Holders holders) {
        var record = record(number);
        if (record.inUse()) {
            return new Reason.InUse();
        }
        if (record.shared()) {
            return new Reason.Shared();
        }
        if (!graph.deletable(number)) {
            return new Reason.UnusableId();
        }
        Reason.@Nullable Kept obstacle = obstacles.of(number, holders);
        if (obstacle != null) {
            return obstacle;
        }
        return record.type().prunedOnlyOnRequest() ? new Reason.SparedType(record.type()) : new Reason.NotSelected();
    }
}
