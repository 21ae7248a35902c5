package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.DiskSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The decisions made so far while the rules are applied. Records are identified by their number in the graph. */
final class Planning {

    private final CacheGraph graph;
    private final Instant now;
    private final @Nullable DiskSpace disk;
    private final Map<String, Duration> rebuildTimes;
    private final ByteSize limitPerRun;
    /** The pin of each record, or null if no pins exist. */
    private final @Nullable Filter @Nullable [] pinnedBy;

    private final int[] childrenLeft;
    private final boolean[] deleted;
    private final Obstacles obstacles;
    private final Reason.@Nullable Taken[] taken;
    private final int[] deletions;
    private int deletionCount;
    private long selectedBytes;
    private long freedBytes;
    private boolean limitPerRunReached;

    Planning(
            CacheGraph graph,
            @Nullable DiskSpace disk,
            Map<String, Duration> rebuildTimes,
            List<Filter> pins,
            ByteSize limitPerRun,
            Instant now) {
        this.graph = graph;
        this.disk = disk;
        this.rebuildTimes = rebuildTimes;
        this.pinnedBy = pinned(graph, pins);
        this.now = now;
        this.limitPerRun = limitPerRun;
        this.childrenLeft = graph.childCounts();
        this.deleted = new boolean[graph.size()];
        this.taken = new Reason.@Nullable Taken[graph.size()];
        this.deletions = new int[graph.size()];
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

    /** Returns whether a record can be deleted, regardless of the rules. */
    boolean deletable(int number) {
        return graph.deletable(number) && (pinnedBy == null || pinnedBy[number] == null);
    }

    /** Returns the disk, or null if it is unknown. */
    @Nullable
    DiskSpace disk() {
        return disk;
    }

    /** Returns rebuild times by record ID. A missing record has an unknown rebuild time. */
    Map<String, Duration> rebuildTimes() {
        return rebuildTimes;
    }

    /** Returns the bytes that the selected records free on the disk. */
    long freedBytes() {
        return freedBytes;
    }

    /** Returns the bytes that its deletion frees on the disk: zero if an image shares its data. */
    long freed(int number) {
        return graph.shared(number) ? 0 : graph.bytes(number);
    }

    boolean shared(int number) {
        return graph.shared(number);
    }

    /** Returns for each type whether a rule considers it. {@link #type} returns the index of a record's type. */
    boolean[] looksAt(Selection selection) {
        var types = graph.types();
        boolean[] looksAt = new boolean[types.size()];
        for (int i = 0; i < looksAt.length; i++) {
            looksAt[i] = selection.looksAt(types.get(i));
        }
        return looksAt;
    }

    /** Returns for each type the reason why a rule does not include it, if it is pruned only on request. Other types have none. */
    Reason.@Nullable Kept[] spared(boolean[] looksAt) {
        var types = graph.types();
        var spared = new Reason.@Nullable Kept[types.size()];
        for (int i = 0; i < spared.length; i++) {
            if (!looksAt[i] && types.get(i).prunedOnlyOnRequest()) {
                spared[i] = new Reason.SparedType(types.get(i));
            }
        }
        return spared;
    }

    int type(int number) {
        return graph.type(number);
    }

    CacheGraph graph() {
        return graph;
    }

    /** Returns the time of its last use or creation, or null if it is unknown. */
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

    ByteSize limitPerRun() {
        return limitPerRun;
    }

    boolean[] deleted() {
        return deleted;
    }

    boolean deleted(int number) {
        return deleted[number];
    }

    /** Returns whether it has no child that stays. */
    boolean free(int number) {
        return childrenLeft[number] == 0;
    }

    /**
     * Returns whether the deletion of a record would exceed the limitPerRun. Once one would, every later call returns true, because the order
     * of deletion takes precedence over size.
     */
    boolean beyondLimitPerRun(int number) {
        limitPerRunReached |= Saturating.plus(selectedBytes, graph.bytes(number)) > limitPerRun.bytes();
        return limitPerRunReached;
    }

    void take(int number, Reason.Taken reason) {
        deleted[number] = true;
        selectedBytes += graph.bytes(number);
        freedBytes += freed(number);
        taken[number] = reason;
        deletions[deletionCount++] = number;
        for (int i = graph.firstParent(number); i < graph.endOfParents(number); i++) {
            childrenLeft[graph.parentAt(i)]--;
        }
    }

    Obstacles obstacles() {
        return obstacles;
    }

    PruneDecisions decisions() {
        return new PruneDecisions(this, Arrays.copyOf(deletions, deletionCount), taken);
    }
}
