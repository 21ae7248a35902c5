package dev.cachewarden.prune.plan;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which child is named where children hold a record: one that stays before one that goes, then the first by id. */
final class Holders {

    private final CacheGraph graph;
    private final boolean[] gone;

    /** By number, whether one that stays builds on it. */
    private final boolean[] held;

    private @Nullable Names names;

    Holders(CacheGraph graph, boolean[] gone) {
        this.graph = graph;
        this.gone = gone;
        this.held = new boolean[graph.size()];
        for (int child = 0; child < graph.size(); child++) {
            for (int i = graph.firstParent(child); !gone[child] && i < graph.endOfParents(child); i++) {
                held[graph.parentAt(i)] = true;
            }
        }
    }

    /** Ids of children, by the number of the parent. */
    private record Names(
            @Nullable String[] staying, @Nullable String[] going) {

        static Names of(CacheGraph graph, boolean[] gone) {
            var names = new Names(new @Nullable String[graph.size()], new @Nullable String[graph.size()]);
            for (int child = 0; child < graph.size(); child++) {
                String id = graph.id(child);
                var ids = gone[child] ? names.going : names.staying;
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

    /** @param number of a record that had children when the rule looked at it */
    Reason.Kept reason(int number, int rule) {
        if (names == null) {
            names = Names.of(graph, gone);
        }
        return held[number]
                ? new Reason.HeldByChild(rule, Objects.requireNonNull(names.staying[number]))
                : new Reason.FreedTooLate(rule, Objects.requireNonNull(names.going[number]));
    }

    /** The code of {@link #reason}, without looking for names. */
    String code(int number) {
        return held[number] ? Reason.HeldByChild.CODE : Reason.FreedTooLate.CODE;
    }
}
