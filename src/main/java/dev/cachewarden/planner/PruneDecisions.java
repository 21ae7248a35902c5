package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.PruneProposal.Deletion;
import dev.cachewarden.planner.PruneProposal.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The decision for each record of a snapshot, by record number. In contrast to {@link PruneProposal}, it computes sums without an object
 * for each record.
 */
public final class PruneDecisions {

    private static final Reason.Kept IN_USE = new Reason.InUse();
    private static final Reason.Kept UNUSABLE_ID = new Reason.UnusableId();
    private static final Reason.Kept NOT_SELECTED = new Reason.NotSelected();

    private final CacheGraph graph;
    private final Instant now;
    private final ByteSize limitPerRun;
    private final int[] selected;
    private final Reason.@Nullable Taken[] taken;
    private final Obstacles obstacles;
    private final Holders holders;
    private final @Nullable Filter @Nullable [] pinnedBy;

    PruneDecisions(Planning planning, int[] selected, Reason.@Nullable Taken[] taken) {
        this.graph = planning.graph();
        this.now = planning.now();
        this.limitPerRun = planning.limitPerRun();
        this.selected = selected;
        this.taken = taken;
        this.obstacles = planning.obstacles();
        this.holders = new Holders(graph, planning.deleted());
        this.pinnedBy = planning.pinnedBy();
    }

    /** Returns the number of records. */
    public int size() {
        return graph.size();
    }

    public CacheRecord record(int number) {
        return graph.record(number);
    }

    /** Returns the size of a record, in bytes. */
    public long bytes(int number) {
        return graph.bytes(number);
    }

    public RecordType type(int number) {
        return graph.types().get(graph.type(number));
    }

    /** Returns why a record is to be deleted, or null if it stays. */
    public Reason.@Nullable Taken taken(int number) {
        return taken[number];
    }

    /** Returns why a record stays. */
    public Reason.Kept kept(int number) {
        var kept = keptByItself(number);
        if (kept == null) {
            kept = obstacles.of(number, holders);
        }
        return kept == null ? NOT_SELECTED : kept;
    }

    /** Returns the code of {@link #kept}, faster. */
    public String keptCode(int number) {
        var kept = keptByItself(number);
        String code = kept == null ? obstacles.code(number, holders) : kept.code();
        return code == null ? NOT_SELECTED.code() : code;
    }

    /** Returns why a record stays regardless of the rules, or null if the rules decide. */
    private Reason.@Nullable Kept keptByItself(int number) {
        if (graph.inUse(number)) {
            return IN_USE;
        }
        var pin = pinnedBy == null ? null : pinnedBy[number];
        if (pin != null) {
            return new Reason.Pinned(pin);
        }
        return graph.deletable(number) ? null : UNUSABLE_ID;
    }

    /** Returns the number and size of the records to delete. */
    public Amount deletedAmount() {
        long bytes = 0;
        for (int number : selected) {
            bytes = Saturating.plus(bytes, graph.bytes(number));
        }
        return new Amount(selected.length, new ByteSize(bytes));
    }

    /** Returns the same decisions as lists of records. */
    public PruneProposal proposal() {
        var deletions = Arrays.stream(selected)
                .mapToObj(number -> new Deletion(record(number), Objects.requireNonNull(taken[number])))
                .toList();
        var staying = new ArrayList<Kept>(size() - selected.length);
        for (int i = 0; i < size(); i++) {
            if (taken[i] == null) {
                staying.add(new Kept(record(i), kept(i)));
            }
        }
        return new PruneProposal(now, deletions, staying, limitPerRun);
    }
}
