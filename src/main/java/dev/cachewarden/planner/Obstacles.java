package dev.cachewarden.planner;

import org.jspecify.annotations.Nullable;

/**
 * The obstacle that kept each record when several rules considered it: the one closest to a deletion, and among equals that of the first
 * rule.
 */
final class Obstacles {

    /** The distance of a record from its deletion, from far to near. */
    enum Nearness {
        SPARED_TYPE,
        SHARED,
        SPARED_BY_AGE,
        ROOM_FOR_IT,
        RESERVED,
        HELD,
        LIMIT_PER_RUN
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

    /** Records that a child kept the record. The child is determined after all rules were applied. */
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

    /** Returns the reason for a record, or null if no rule considered it. */
    Reason.@Nullable Kept of(int number, Holders holders) {
        return held(number) ? holders.reason(number, heldInRule[number]) : reasons[number];
    }

    /** Returns the code of {@link #of}. */
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
