package dev.cachewarden.simulator.cache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One prune at work, a record at a time, so that whoever reports it can stop, wait or be cut off in between. Goes in passes: what a
 * pass takes frees parents for the next.
 */
public final class Pruning {

    private final RecordGraph graph;
    private final PruneOptions options;
    private final PruneRules rules;
    private final RecordFilter filter;
    private final Random order;
    private final Deque<SimulatedRecord> pass = new ArrayDeque<>();
    private final long usedBefore;
    private final long keepBytes;
    private long total;

    /**
     * @param freeBytes on the disk, as BuildKit reads it once at the start
     * @throws RecordFilter.SyntaxException if a filter cannot be read; nothing is deleted then
     */
    public Pruning(RecordGraph graph, PruneOptions options, PruneRules rules, long freeBytes) {
        this.graph = graph;
        this.options = options;
        this.rules = rules;
        this.filter = RecordFilter.anyOf(options.filters());
        synchronized (graph) {
            this.order = new Random(graph.size());
            long keep = options.keepDuration().toNanos();
            this.usedBefore = keep == 0 ? Long.MAX_VALUE : graph.now() - keep;
            this.total = graph.privateBytes();
        }
        this.keepBytes = KeepBytes.of(total, freeBytes, options, rules.freeSpaceAloneIsSafe());
    }

    /** Deletes the next record and tells it as it was; null when there is nothing left to do. */
    public @Nullable RecordView next() {
        synchronized (graph) {
            while (true) {
                if (pass.isEmpty() && !startPass()) {
                    return null;
                }
                var record = pass.removeFirst();
                if (RecordGraph.idle(record)) {
                    return delete(record);
                }
            }
        }
    }

    private RecordView delete(SimulatedRecord record) {
        var view = record.view();
        graph.remove(record);
        total -= record.size;
        return view;
    }

    private boolean startPass() {
        if (keepBytes != 0 && total < keepBytes) {
            return false;
        }
        var candidates = candidates();
        if (candidates.isEmpty()) {
            return false;
        }
        if (keepBytes != 0) {
            pass.add(PruneRank.lowest(candidates));
            return true;
        }
        Collections.shuffle(candidates, order);
        int most = rules.batch() == 0 ? candidates.size() : Math.min(rules.batch(), candidates.size());
        pass.addAll(candidates.subList(0, most));
        return true;
    }

    private List<SimulatedRecord> candidates() {
        var found = new ArrayList<SimulatedRecord>();
        for (var record : graph.unordered()) {
            if (RecordGraph.idle(record) && permitted(record) && matches(record)) {
                found.add(record);
            }
        }
        return found;
    }

    private boolean permitted(SimulatedRecord record) {
        boolean onlyOnRequest = record.shared || record.type.equals("internal") || record.type.equals("frontend");
        // What was never used has no age, and so no protection by age.
        return (options.all() || !onlyOnRequest) && record.lastUsedAt <= usedBefore;
    }

    private boolean matches(SimulatedRecord record) {
        return filter.test(new RecordFields(record, rules.filtersDescription()));
    }

    /** What a filter sees of a record during a prune: neither parents nor whether it is in use. */
    private record RecordFields(SimulatedRecord record, boolean description) implements RecordFilter.Fields {
        @Override
        public @Nullable String value(String name) {
            return switch (name) {
                case "id" -> record.id();
                case "type" -> record.type;
                case "description" -> description ? record.description : null;
                case "mutable" -> record.mutable ? "" : null;
                case "immutable" -> record.mutable ? null : "";
                case "shared" -> record.shared ? "" : null;
                case "private" -> record.shared ? null : "";
                default -> null;
            };
        }
    }
}
