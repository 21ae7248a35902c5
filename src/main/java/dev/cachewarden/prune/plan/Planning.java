package dev.cachewarden.prune.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.prune.plan.rule.Filter;
import dev.cachewarden.prune.plan.rule.Selection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has been decided so far while the rules are applied. Records go by their number in the graph. */
final class Planning {

    private final CacheGraph graph;
    private final Instant now;
    private final @Nullable DiskSpace disk;
    private final Map<String, Duration> rebuildTimes;
    private final ByteSize ceiling;
    /** Null: nothing is pinned. */
    private final @Nullable Filter @Nullable [] pinnedBy;

    private final int[] childrenLeft;
    private final boolean[] gone;
    private final Obstacles obstacles;
    private final Reason.@Nullable Taken[] taken;
    private final int[] goes;
    private int going;
    private long takenBytes;
    private long freedBytes;
    private boolean ceilingReached;

    Planning(
            CacheGraph graph,
            @Nullable DiskSpace disk,
            Map<String, Duration> rebuildTimes,
            List<Filter> pins,
            ByteSize ceiling,
            Instant now) {
        this.graph = graph;
        this.disk = disk;
        this.rebuildTimes = rebuildTimes;
        this.pinnedBy = pinned(graph, pins);
        this.now = now;
        this.ceiling = ceiling;
        this.childrenLeft = graph.childCounts();
        this.gone = new boolean[graph.size()];
        this.taken = new Reason.@Nullable Taken[graph.size()];
        this.goes = new int[graph.size()];
        this.obstacles = new Obstacles(graph);
    }

    private static @Nullable Filter @Nullable [] pinned(CacheGraph graph, List<Filter> pins) {
        if (pins.isEmpty()) {
            return null;
        }
        var pinnedBy = new @Nullable Filter[graph.size()];
        for (var pin : pins) {
            var pinned = pin.predicate();
            for (int i = 0; i < graph.size(); i++) {
                if (pinnedBy[i] == null && pinned.test(graph.record(i))) {
                    pinnedBy[i] = pin;
                }
            }
        }
        return pinnedBy;
    }

    int size() {
        return graph.size();
    }

    CacheRecord record(int number) {
        return graph.record(number);
    }

    /** Whether it may go by what it is, whatever the rules. */
    boolean deletable(int number) {
        return graph.deletable(number) && (pinnedBy == null || pinnedBy[number] == null);
    }

    /** Null: not known. */
    @Nullable
    DiskSpace disk() {
        return disk;
    }

    /** By id of the record; of others it is not known. */
    Map<String, Duration> rebuildTimes() {
        return rebuildTimes;
    }

    /** What those that were taken free on the disk. */
    long freedBytes() {
        return freedBytes;
    }

    /** What its going frees on the disk: nothing where an image holds its data. */
    long freed(int number) {
        return graph.shared(number) ? 0 : graph.bytes(number);
    }

    boolean shared(int number) {
        return graph.shared(number);
    }

    /** For each type there is, whether a rule looks at it; {@link #type} gives the places. */
    boolean[] looksAt(Selection selection) {
        var types = graph.types();
        boolean[] looksAt = new boolean[types.size()];
        for (int i = 0; i < looksAt.length; i++) {
            looksAt[i] = selection.looksAt(types.get(i));
        }
        return looksAt;
    }

    /** For each type there is, whether a rule that does not look at it spares it: such types go only on request. */
    boolean[] spares(boolean[] looksAt) {
        var types = graph.types();
        boolean[] spares = new boolean[types.size()];
        for (int i = 0; i < spares.length; i++) {
            spares[i] = !looksAt[i] && types.get(i).prunedOnlyOnRequest();
        }
        return spares;
    }

    int type(int number) {
        return graph.type(number);
    }

    CacheGraph graph() {
        return graph;
    }

    /** Null: it is not known when it was used or made. */
    @Nullable
    Instant touchedAt(int number) {
        return graph.touchedAt(number);
    }

    @Nullable
    Filter @Nullable [] pinnedBy() {
        return pinnedBy;
    }

    Instant now() {
        return now;
    }

    ByteSize ceiling() {
        return ceiling;
    }

    boolean[] gone() {
        return gone;
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
        ceilingReached |= Saturating.plus(takenBytes, graph.bytes(number)) > ceiling.bytes();
        return ceilingReached;
    }

    void take(int number, Reason.Taken reason) {
        gone[number] = true;
        takenBytes += graph.bytes(number);
        freedBytes += freed(number);
        taken[number] = reason;
        goes[going++] = number;
        for (int i = graph.firstParent(number); i < graph.endOfParents(number); i++) {
            childrenLeft[graph.parentAt(i)]--;
        }
    }

    Obstacles obstacles() {
        return obstacles;
    }

    PruneDecisions decisions() {
        return new PruneDecisions(this, Arrays.copyOf(goes, going), taken);
    }
}
