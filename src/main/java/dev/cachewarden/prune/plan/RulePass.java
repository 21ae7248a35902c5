package dev.cachewarden.prune.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.prune.plan.Obstacles.Nearness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** One rule applied to what the rules before it left. */
final class RulePass {

    private enum End {
        /** Nothing is left that may be taken. */
        EXHAUSTED,
        /** The selection is at or under the limit. */
        ENOUGH,
        FLOOR,
        CEILING
    }

    private final Planning planning;
    private final int number;
    private final PruneRule rule;
    private final @Nullable Instant usedSince;
    private final boolean[] inSelection;
    private final PriorityQueue<Integer> free;
    private long selected;

    RulePass(Planning planning, int number, PruneRule rule) {
        this.planning = planning;
        this.number = number;
        this.rule = rule;
        this.usedSince = usedSince(rule.unusedFor(), planning.now());
        this.inSelection = new boolean[planning.size()];
        var candidates = new ArrayList<Integer>();
        for (int i = 0; i < planning.size(); i++) {
            var record = planning.record(i);
            if (!planning.gone(i) && !record.shared() && rule.looksAt(record)) {
                inSelection[i] = true;
                selected = Saturating.plus(selected, record.size().bytes());
                if (planning.free(i) && mayGo(i, record)) {
                    candidates.add(i);
                }
            }
        }
        // The numbers are ranks, so the natural order is that of going; from a collection the heap is built in linear
        // time.
        this.free = new PriorityQueue<>(candidates);
    }

    /** Null: the rule asks for no age, or takes everything. */
    private static @Nullable Instant usedSince(@Nullable Duration unusedFor, Instant now) {
        return unusedFor == null || unusedFor.isZero() ? null : now.minus(unusedFor);
    }

    void run() {
        var explanation = new Explanation(takeAll());
        for (int i = 0; i < planning.size(); i++) {
            if (inSelection[i] && !planning.gone(i) && planning.deletable(i)) {
                explanation.addTo(planning.obstacles(), i);
            }
        }
    }

    private End takeAll() {
        while (true) {
            if (rule.maxUsedSpace() != null && selected <= rule.maxUsedSpace().bytes()) {
                return End.ENOUGH;
            }
            var next = free.poll();
            if (next == null) {
                return End.EXHAUSTED;
            }
            long size = planning.record(next).size().bytes();
            if (rule.reservedSpace() != null
                    && selected - size < rule.reservedSpace().bytes()) {
                return End.FLOOR;
            }
            if (planning.beyondCeiling(next)) {
                return End.CEILING;
            }
            take(next, size);
        }
    }

    private void take(int next, long size) {
        planning.take(next, reasonFor(planning.record(next)));
        selected -= size;
        for (int parent : planning.parents(next)) {
            var record = planning.record(parent);
            if (planning.free(parent) && inSelection[parent] && mayGo(parent, record)) {
                free.add(parent);
            }
        }
    }

    private boolean mayGo(int i, CacheRecord record) {
        return planning.deletable(i) && oldEnough(record);
    }

    private boolean oldEnough(CacheRecord record) {
        if (usedSince == null) {
            return true;
        }
        var touched = record.lastTouchedAt();
        return touched != null && !touched.isAfter(usedSince);
    }

    private Reason.Taken reasonFor(CacheRecord record) {
        if (rule.maxUsedSpace() != null) {
            return new Reason.AboveMaxUsedSpace(number, rule.maxUsedSpace(), new ByteSize(selected));
        }
        if (rule.unusedFor() == null && rule.reservedSpace() != null) {
            return new Reason.AboveReservedSpace(number, rule.reservedSpace(), new ByteSize(selected));
        }
        var touched = record.lastTouchedAt();
        var unused = touched == null ? null : Duration.between(touched, planning.now());
        return new Reason.Unused(number, rule.unusedFor() == null ? Duration.ZERO : rule.unusedFor(), unused);
    }

    /** What kept a record that the rule looks at; reasons that are the same for many records are one object. */
    private final class Explanation {

        private final Reason.Kept ageUnknown = new Reason.AgeUnknown(number);
        private final Reason.Kept usedWithin =
                new Reason.UsedWithin(number, Objects.requireNonNullElse(rule.unusedFor(), Duration.ZERO));
        private final Reason.Kept stopped;
        private final Nearness nearness;
        private final boolean enough;

        Explanation(End end) {
            this.enough = end == End.ENOUGH;
            if (enough && rule.maxUsedSpace() != null) {
                this.stopped = new Reason.UnderMaxUsedSpace(number, rule.maxUsedSpace());
                this.nearness = Nearness.ROOM_FOR_IT;
            } else if (end == End.FLOOR && rule.reservedSpace() != null) {
                this.stopped = new Reason.ReservedFloor(number, rule.reservedSpace());
                this.nearness = Nearness.RESERVED;
            } else {
                this.stopped = new Reason.CeilingReached(number, planning.ceiling());
                this.nearness = Nearness.CEILING;
            }
        }

        void addTo(Obstacles obstacles, int i) {
            var record = planning.record(i);
            if (!oldEnough(record)) {
                obstacles.add(i, Nearness.SPARED_BY_AGE, record.lastTouchedAt() == null ? ageUnknown : usedWithin);
            } else if (enough || planning.free(i)) {
                obstacles.add(i, nearness, stopped);
            } else {
                obstacles.addHeld(i, number);
            }
        }
    }
}
