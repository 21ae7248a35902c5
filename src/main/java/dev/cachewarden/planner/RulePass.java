package dev.cachewarden.planner;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One rule, applied to the records that earlier rules left. Subclasses define the order of deletion and when to stop. */
abstract class RulePass {

    /** The reason why a pass stopped. */
    enum End {
        /** No deletable record is left. */
        EXHAUSTED,
        /** The limit is met. */
        ENOUGH,
        FLOOR,
        LIMIT_PER_RUN
    }

    private static final Reason.Kept SHARED = new Reason.Shared();

    final Planning planning;
    final int number;
    final PruneRule rule;

    /** Records used after this time are too recent to delete. It is null if the rule has no age, or selects every record. */
    final @Nullable Instant usedSince;

    private final boolean[] inSelection;

    /** The numbers of the records that the rule considers, in order. */
    private final int[] selected;

    private long used;

    RulePass(Planning planning, int number, PruneRule rule) {
        this.planning = planning;
        this.number = number;
        this.rule = rule;
        this.usedSince = usedSince(rule.unusedFor(), planning.now());
        this.inSelection = new boolean[planning.size()];
        var looksAt = planning.looksAt(rule.selection());
        var filter = rule.selection().filter();
        var spared = planning.spared(looksAt);
        boolean wholeCache = rule.measure() == Measure.WHOLE_CACHE;
        var numbers = new int[planning.size()];
        int count = 0;
        for (int i = 0; i < planning.size(); i++) {
            if (!planning.deleted(i)) {
                var otherType = spared[planning.type(i)];
                boolean ofItsTypes = looksAt[planning.type(i)];
                boolean matches =
                        (ofItsTypes || otherType != null) && (filter == null || filter.test(planning.record(i)));
                boolean in = ofItsTypes && matches;
                boolean shared = planning.shared(i);
                if (in && (!shared || rule.selection().includeShared())) {
                    inSelection[i] = true;
                    numbers[count++] = i;
                } else if (in) {
                    planning.obstacles().add(i, Obstacles.Nearness.SHARED, SHARED);
                } else if (matches && otherType != null) {
                    planning.obstacles().add(i, Obstacles.Nearness.SPARED_TYPE, otherType);
                }
                if (!shared && (wholeCache || in)) {
                    used = Saturating.plus(used, planning.freed(i));
                }
            }
        }
        this.selected = Arrays.copyOf(numbers, count);
    }

    static RulePass of(Planning planning, int number, PruneRule rule) {
        return switch (rule.order()) {
            case BUILDKIT -> new BuildKitPass(planning, number, rule);
            case LEAST_RECENTLY_USED, CHEAPEST_TO_REBUILD -> new LimitPass(planning, number, rule);
        };
    }

    private static @Nullable Instant usedSince(@Nullable Duration unusedFor, Instant now) {
        return unusedFor == null || unusedFor.isZero() ? null : now.minus(unusedFor);
    }

    final void run() {
        if (rule.limits().needDisk() && planning.disk() == null) {
            explain(new Reason.NotEvaluated(number), Obstacles.Nearness.SPARED_BY_AGE, true);
            return;
        }
        var end = takeAll();
        switch (end) {
            case EXHAUSTED, ENOUGH -> explain(enough(), Obstacles.Nearness.ROOM_FOR_IT, end == End.ENOUGH);
            case FLOOR -> explain(floor(), Obstacles.Nearness.RESERVED, false);
            case LIMIT_PER_RUN ->
                explain(
                        new Reason.LimitPerRunReached(number, planning.limitPerRun()),
                        Obstacles.Nearness.LIMIT_PER_RUN,
                        false);
        }
    }

    /** Selects the records to delete, one by one. */
    abstract End takeAll();

    /** Returns the reason for records that stay because the limit is met. */
    abstract Reason.Kept enough();

    /** Returns the reason for records that stay because of the reserved space. */
    abstract Reason.Kept floor();

    /** Returns whether a record has no time to compare. */
    abstract boolean hasUnknownAge(int i);

    /** Returns whether the age of a record allows its deletion. */
    abstract boolean oldEnough(int i);

    /** Returns the bytes that count towards the limits. */
    final long used() {
        return used;
    }

    /** Returns whether a record can be selected now: the rule considers it, it is old enough, and it has no child that stays. */
    final boolean candidate(int i) {
        return inSelection[i] && planning.free(i) && planning.deletable(i) && oldEnough(i);
    }

    /** Returns the records that the rule considers, deletable or not, least recently used first. */
    final int[] selected() {
        return selected;
    }

    /** Returns the records that can be selected now, least recently used first. */
    final int[] candidates() {
        var found = new int[selected.length];
        int count = 0;
        for (int i : selected) {
            if (candidate(i)) {
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /**
     * Selects a record.
     *
     * @param counted the bytes that no longer count towards the limits
     */
    final void take(int next, Reason.Taken reason, long counted) {
        planning.take(next, reason);
        used -= counted;
    }

    /** Passes on each parent of a selected record that its deletion makes deletable. */
    final void forEachFreedParent(int taken, IntConsumer freed) {
        var graph = planning.graph();
        for (int i = graph.firstParent(taken); i < graph.endOfParents(taken); i++) {
            if (candidate(graph.parentAt(i))) {
                freed.accept(graph.parentAt(i));
            }
        }
    }

    final Reason.Taken unused(int i) {
        var touched = planning.touchedAt(i);
        var age = touched == null ? null : Duration.between(touched, planning.now());
        return new Reason.Unused(number, rule.unusedFor() == null ? Duration.ZERO : rule.unusedFor(), age);
    }

    /**
     * Records why the records that the rule considered stay. Reasons that apply to many records are one object.
     *
     * @param stopped the reason for records that could have been deleted
     * @param evenHeld whether the reason also applies to records with children
     */
    private void explain(Reason.Kept stopped, Obstacles.Nearness nearness, boolean evenHeld) {
        var ageUnknown = new Reason.AgeUnknown(number);
        var usedWithin = new Reason.UsedWithin(number, Objects.requireNonNullElse(rule.unusedFor(), Duration.ZERO));
        var obstacles = planning.obstacles();
        for (int i : selected) {
            if (!planning.deleted(i) && planning.deletable(i)) {
                if (!oldEnough(i)) {
                    obstacles.add(i, Obstacles.Nearness.SPARED_BY_AGE, hasUnknownAge(i) ? ageUnknown : usedWithin);
                } else if (evenHeld || planning.free(i)) {
                    obstacles.add(i, nearness, stopped);
                } else {
                    obstacles.addHeld(i, number);
                }
            }
        }
    }
}
