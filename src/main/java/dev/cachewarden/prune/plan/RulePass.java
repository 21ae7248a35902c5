package dev.cachewarden.prune.plan;

import dev.cachewarden.prune.plan.rule.Measure;
import dev.cachewarden.prune.plan.rule.PruneRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One rule applied to what the rules before it left. What goes first, and when it is enough, is the matter of its order. */
abstract class RulePass {

    /** Why it went no further. */
    enum End {
        /** Nothing is left that may be taken. */
        EXHAUSTED,
        /** The limit holds. */
        ENOUGH,
        FLOOR,
        CEILING
    }

    private static final Reason.Kept SHARED = new Reason.Shared();

    final Planning planning;
    final int number;
    final PruneRule rule;

    /** What was used after this is too young to go; null: the rule asks for no age, or takes everything. */
    final @Nullable Instant usedSince;

    private final boolean[] inSelection;

    /** Numbers of those that the rule looks at, in order. */
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
        var spares = planning.spares(looksAt);
        boolean wholeCache = rule.measure() == Measure.WHOLE_CACHE;
        var numbers = new int[planning.size()];
        int count = 0;
        for (int i = 0; i < planning.size(); i++) {
            if (!planning.gone(i)) {
                boolean ofItsTypes = looksAt[planning.type(i)];
                boolean matches =
                        (ofItsTypes || spares[planning.type(i)]) && (filter == null || filter.test(planning.record(i)));
                boolean in = ofItsTypes && matches;
                boolean shared = planning.shared(i);
                if (in && (!shared || rule.selection().includeShared())) {
                    inSelection[i] = true;
                    numbers[count++] = i;
                } else if (matches) {
                    explainExclusion(i, in);
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
            case LEAST_RECENTLY_USED, CHEAPEST_TO_REBUILD -> new LimitPass(planning, number, rule);
            case BUILDKIT -> new BuildKitPass(planning, number, rule);
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
            case CEILING ->
                explain(new Reason.CeilingReached(number, planning.ceiling()), Obstacles.Nearness.CEILING, false);
        }
    }

    /** Takes what is to go, one after the other. */
    abstract End takeAll();

    /** The reason of those that stay because the limit holds. */
    abstract Reason.Kept enough();

    /** The reason of those that stay because of the floor. */
    abstract Reason.Kept floor();

    /** Whether it has no time to compare. */
    abstract boolean untold(int i);

    /** Whether its age does not spare it. */
    abstract boolean oldEnough(int i);

    /** What counts towards the limits, in bytes. */
    final long used() {
        return used;
    }

    /** Whether it can be taken now: the rule looks at it, it is old enough, and nothing that stays builds on it. */
    final boolean candidate(int i) {
        return inSelection[i] && planning.free(i) && planning.deletable(i) && oldEnough(i);
    }

    /** What the rule looks at, whether or not it can be taken; least recently used first. */
    final int[] selected() {
        return selected;
    }

    /** All that can be taken now, least recently used first. */
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
     * Takes it.
     *
     * @param counted what no longer counts towards the limits, in bytes
     */
    final void take(int next, Reason.Taken reason, long counted) {
        planning.take(next, reason);
        used -= counted;
    }

    /** Gives those of its parents that its going lets go. */
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

    /** Notes why the rule excludes a record that matches its filters: an image shares it, or its type is not included. */
    private void explainExclusion(int i, boolean ofItsTypes) {
        if (ofItsTypes) {
            planning.obstacles().add(i, Obstacles.Nearness.SHARED, SHARED);
        } else {
            planning.obstacles()
                    .add(
                            i,
                            Obstacles.Nearness.SPARED_TYPE,
                            new Reason.SparedType(planning.record(i).type()));
        }
    }

    /**
     * Notes what kept the records that the rule looked at; reasons that are the same for many records are one object.
     *
     * @param stopped of those that could have gone
     * @param evenHeld whether it is the reason of those too that something builds on
     */
    private void explain(Reason.Kept stopped, Obstacles.Nearness nearness, boolean evenHeld) {
        var ageUnknown = new Reason.AgeUnknown(number);
        var usedWithin = new Reason.UsedWithin(number, Objects.requireNonNullElse(rule.unusedFor(), Duration.ZERO));
        var obstacles = planning.obstacles();
        for (int i : selected) {
            if (!planning.gone(i) && planning.deletable(i)) {
                if (!oldEnough(i)) {
                    obstacles.add(i, Obstacles.Nearness.SPARED_BY_AGE, untold(i) ? ageUnknown : usedWithin);
                } else if (evenHeld || planning.free(i)) {
                    obstacles.add(i, nearness, stopped);
                } else {
                    obstacles.addHeld(i, number);
                }
            }
        }
    }
}
