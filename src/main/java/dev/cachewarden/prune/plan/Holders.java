package dev.cachewarden.prune.plan;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which child is named where children hold a record: one that stays before one that goes, then the first by id. */
final class Holders {

    private final @Nullable String[] staying;
    private final @Nullable String[] going;

    Holders(CacheGraph graph, boolean[] gone) {
        this.staying = new @Nullable String[graph.size()];
        this.going = new @Nullable String[graph.size()];
        for (int child = 0; child < graph.size(); child++) {
            String id = graph.record(child).id();
            var ids = gone[child] ? going : staying;
            for (int parent : graph.parents(child)) {
                var known = ids[parent];
                if (known == null || id.compareTo(known) < 0) {
                    ids[parent] = id;
                }
            }
        }
    }

    /** @param number of a record that had children when the rule looked at it */
    Reason.Kept reason(int number, int rule) {
        var stays = staying[number];
        return stays != null
                ? new Reason.HeldByChild(rule, stays)
                : new Reason.FreedTooLate(rule, Objects.requireNonNull(going[number]));
    }
}
