package dev.cachewarden.planner;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The choice of the child that a reason names. A child that stays takes precedence over a child to delete, then the first by ID. */
final class Holders {

    private final CacheGraph graph;
    private final boolean[] deleted;

    /** For each record number, whether the record has a child that stays. */
    private final boolean[] held;

    private @Nullable Names names;

    Holders(CacheGraph graph, boolean[] deleted) {
        this.graph = graph;
        this.deleted = deleted;
        this.held = new boolean[graph.size()];
        for (int child = 0; child < graph.size(); child++) {
            for (int i = graph.firstParent(child); !deleted[child] && i < graph.endOfParents(child); i++) {
                held[graph.parentAt(i)] = true;
            }
        }
    }

    /** The IDs of children, by the number of the parent. */
    private record Names(
            @Nullable String[] keptIds, @Nullable String[] deletedIds) {

        static Names of(CacheGraph graph, boolean[] deleted) {
            var names = new Names(new @Nullable String[graph.size()], new @Nullable String[graph.size()]);
            for (int child = 0; child < graph.size(); child++) {
                String id = graph.id(child);
                var ids = deleted[child] ? names.deletedIds : names.keptIds;
                for (int i = graph.firstParent(child); i < graph.endOfParents(child); i++) {
                    int parent = graph.parentAt(i);
                    var known = ids[parent];
                    if (known == null || id.compareTo(known) < 0) {
                        ids[parent] = id;
                    }
                }
            }
            return names;
        }
    }

    /**
     * Returns the reason why a record stays.
     *
     * @param number the number of a record that had children when the rule considered it
     */
    Reason.Kept reason(int number, int rule) {
        if (names == null) {
            names = Names.of(graph, deleted);
        }
        return held[number]
                ? new Reason.HeldByChild(rule, Objects.requireNonNull(names.keptIds[number]))
                : new Reason.FreedTooLate(rule, Objects.requireNonNull(names.deletedIds[number]));
    }

    /** Returns the code of {@link #reason}, without a search for names. */
    String code(int number) {
        return held[number] ? Reason.HeldByChild.CODE : Reason.FreedTooLate.CODE;
    }
}
