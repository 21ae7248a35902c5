package dev.cachewarden.prune.plan;

import org.jspecify.annotations.Nullable;

/**
 * What stood between each record and being taken, where several rules looked at it: the obstacle that was nearest to its going, and
 * among equals that of the first rule.
 */
final class Obstacles {

    /** From far to near. */
    enum Nearness {
        SPARED_TYPE,
        SHARED,
        SPARED_BY_AGE,
        ROOM_FOR_IT,
        RESERVED,
        HELD,
        CEILING
    }

    private final Reason.@Nullable Kept[] reasons;
    private final @Nullable Nearness[] nearness;
    private final int[] heldInRule;

    Obstacles(CacheGraph graph) {
        this.reasons = new Reason.@Nullable Kept[graph.size()];
        this.nearness = new @Nullable Nearness[graph.size()];
        this.heldInRule = new int[graph.size()];
    }

    void add(int number, Nearness how, Reason.Kept reason) {
        if (nearer(number, how)) {
            nearness[number] = how;
            reasons[number] = reason;
        }
    }

    /** Notes that a child stood in the way; by which one is known when all rules were applied. */
    void addHeld(int number, int rule) {
        if (nearer(number, Nearness.HELD)) {
            nearness[number] = Nearness.HELD;
            heldInRule[number] = rule;
        }
    }

    private boolean nearer(int number, Nearness how) {
        var known = nearness[number];
        return known == null || how.compareTo(known) > 0;
    }

    /** Null: no rule looked at the record. */
    Reason.@Nullable Kept of(int number, Holders holders) {
        return held(number) ? holders.reason(number, heldInRule[number]) : reasons[number];
    }

    /** The code of {@link #of}. */
    @Nullable
    String code(int number, Holders holders) {
        if (held(number)) {
            return holders.code(number);
        }
        var reason = reasons[number];
        return reason == null ? null : reason.code();
    }

    private boolean held(int number) {
        return nearness[number] == Nearness.HELD;
    }
}
