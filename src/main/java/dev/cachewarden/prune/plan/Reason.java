package dev.cachewarden.prune.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.plan.rule.Filter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a record goes or stays. Each record of a snapshot has exactly one. Rules are counted from 1. */
public sealed interface Reason {

    /** In words, as pages, answers and logs show it. */
    String text();

    /** By kind, for counting and for machines; stable. */
    String code();

    /** Why it goes. */
    sealed interface Taken extends Reason {
        /** The rule that takes it. */
        int rule();
    }

    /** It goes because there is not room for all. */
    sealed interface NoRoom extends Taken {

        /** What is used, and what is too little. */
        String lack();
    }

    /** Why it stays. */
    sealed interface Kept extends Reason {}

    /**
     * It was not used for long enough.
     *
     * @param unusedFor what the rule asks for; zero: it takes everything
     * @param unused how long it was, when planned; null: not told by the builder, and not asked for
     */
    record Unused(int rule, Duration unusedFor, @Nullable Duration unused) implements Taken {
        @Override
        public String text() {
            return unusedFor.isZero() || unused == null
                    ? "Rule " + rule + ": takes everything"
                    : "Rule " + rule + ": unused for " + Words.age(unused) + ", at least "
                            + Durations.format(unusedFor);
        }

        @Override
        public String code() {
            return "UNUSED";
        }
    }

    /**
     * It was among the least recently used of more than there is room for.
     *
     * @param selected what the rule had selected when this record's turn came
     */
    record AboveMaxUsedSpace(int rule, ByteSize maxUsedSpace, ByteSize selected) implements NoRoom {
        @Override
        public String text() {
            return "Rule " + rule + ": least recently used while " + lack();
        }

        @Override
        public String lack() {
            return selected + " are more than " + maxUsedSpace;
        }

        @Override
        public String code() {
            return "ABOVE_MAX_USED_SPACE";
        }
    }

    /**
     * The rule prunes down to its reserved space, and it was among the least recently used.
     *
     * @param selected what the rule had selected when this record's turn came
     */
    record AboveReservedSpace(int rule, ByteSize reservedSpace, ByteSize selected) implements NoRoom {
        @Override
        public String text() {
            return "Rule " + rule + ": least recently used while " + lack();
        }

        @Override
        public String lack() {
            return selected + " are more than the reserved " + reservedSpace;
        }

        @Override
        public String code() {
            return "ABOVE_RESERVED_SPACE";
        }
    }

    /**
     * Too little of the disk is free, and it was among the least recently used.
     *
     * @param used what counted when this record's turn came
     */
    record BelowMinFreeSpace(int rule, ByteSize minFreeSpace, ByteSize used) implements NoRoom {
        @Override
        public String text() {
            return "Rule " + rule + ": least recently used of " + used + " while " + lack();
        }

        @Override
        public String lack() {
            return "less than " + minFreeSpace + " of the disk are free";
        }

        @Override
        public String code() {
            return "BELOW_MIN_FREE_SPACE";
        }
    }

    /**
     * It was the lowest in BuildKit's order of last use and number of uses.
     *
     * @param limit what BuildKit makes of the rule's limits
     * @param used what counted when this record's turn came
     */
    record LowestRank(int rule, ByteSize limit, ByteSize used) implements Taken {
        @Override
        public String text() {
            return "Rule " + rule + ": lowest in BuildKit's order while " + used + " are not less than " + limit;
        }

        @Override
        public String code() {
            return "LOWEST_RANK";
        }
    }

    /**
     * There is not room for all, and the loss of this costs the least.
     *
     * @param lack what there is not room for
     * @param rebuild how long it takes to make it again; null: not known, so that it was taken to cost what others do by size
     */
    record CheapestToRebuild(NoRoom lack, @Nullable Duration rebuild) implements Taken {
        @Override
        public int rule() {
            return lack.rule();
        }

        @Override
        public String text() {
            return "Rule " + rule() + ": cheapest to rebuild for its size and use ("
                    + (rebuild == null ? "time not known" : Words.time(rebuild)) + ") while " + lack.lack();
        }

        @Override
        public String code() {
            return "CHEAPEST_TO_REBUILD";
        }
    }

    /** A running build holds it. */
    record InUse() implements Kept {
        @Override
        public String text() {
            return "In use by a running build";
        }

        @Override
        public String code() {
            return "IN_USE";
        }
    }

    /** An image holds the same data, and a rule that would select it does not include shared records. */
    record Shared() implements Kept {
        @Override
        public String text() {
            return "Shared with an image; deleting it would free nothing";
        }

        @Override
        public String code() {
            return "SHARED";
        }
    }

    /** Its id is none that BuildKit makes, so that it cannot be named to a builder with certainty. */
    record UnusableId() implements Kept {
        @Override
        public String text() {
            return "Its id is none that BuildKit makes; it cannot be named safely";
        }

        @Override
        public String code() {
            return "UNUSABLE_ID";
        }
    }

    /** Its type goes only if a rule names it or includes internal records, and a rule whose filters it matches does neither. */
    record SparedType(RecordType type) implements Kept {
        @Override
        public String text() {
            return "Records of type " + type
                    + " are deleted only if a rule names the type or includes internal records";
        }

        @Override
        public String code() {
            return "SPARED_TYPE";
        }
    }

    /** No rule selects it. */
    record NotSelected() implements Kept {
        @Override
        public String text() {
            return "No rule selects it";
        }

        @Override
        public String code() {
            return "NOT_SELECTED";
        }
    }

    /** It was used, or never used but created, too recently. */
    record UsedWithin(int rule, Duration unusedFor) implements Kept {
        @Override
        public String text() {
            return "Rule " + rule + ": used within " + Durations.format(unusedFor);
        }

        @Override
        public String code() {
            return "USED_WITHIN";
        }
    }

    /** The builder tells neither when it was used nor when it was made, and the rule asks for an age. */
    record AgeUnknown(int rule) implements Kept {
        @Override
        public String text() {
            return "Rule " + rule + ": the builder does not tell when it was last used or made";
        }

        @Override
        public String code() {
            return "AGE_UNKNOWN";
        }
    }

    /** There is room for it. */
    record UnderMaxUsedSpace(int rule, ByteSize maxUsedSpace) implements Kept {
        @Override
        public String text() {
            return "Rule " + rule + ": within maxUsedSpace " + maxUsedSpace;
        }

        @Override
        public String code() {
            return "UNDER_MAX_USED_SPACE";
        }
    }

    /** Enough of the disk is free without it. */
    record EnoughFreeSpace(int rule, ByteSize minFreeSpace) implements Kept {
        @Override
        public String text() {
            return "Rule " + rule + ": minFreeSpace " + minFreeSpace + " is free without it";
        }

        @Override
        public String code() {
            return "ENOUGH_FREE_SPACE";
        }
    }

    /** What BuildKit makes of the limits holds. */
    record LessThanLimit(int rule, ByteSize limit) implements Kept {
        @Override
        public String text() {
            return "Rule " + rule + ": less than the limit of " + limit + " is used";
        }

        @Override
        public String code() {
            return "LESS_THAN_LIMIT";
        }
    }

    /** The rule speaks of a disk that is not known. */
    record NotEvaluated(int rule) implements Kept {
        @Override
        public String text() {
            return "Rule " + rule + ": cannot be evaluated, since the size of this host's disk is not known";
        }

        @Override
        public String code() {
            return "NOT_EVALUATED";
        }
    }

    /** A pin holds it. */
    record Pinned(Filter pin) implements Kept {
        @Override
        public String text() {
            return "Pinned: " + pin;
        }

        @Override
        public String code() {
            return "PINNED";
        }
    }

    /** Taking it, or one that comes before it, would go below what is reserved. */
    record ReservedFloor(int rule, ByteSize reservedSpace) implements Kept {
        @Override
        public String text() {
            return "Rule " + rule + ": needed for the reserved space of " + reservedSpace;
        }

        @Override
        public String code() {
            return "RESERVED_FLOOR";
        }
    }

    /** A record builds on it that stays. */
    record HeldByChild(int rule, String childId) implements Kept {
        static final String CODE = "HELD_BY_CHILD";

        @Override
        public String text() {
            return "Rule " + rule + ": held by its child " + childId + ", which stays";
        }

        @Override
        public String code() {
            return CODE;
        }
    }

    /** A record that builds on it goes, but by a later rule than the one that would take this; it can go next time. */
    record FreedTooLate(int rule, String childId) implements Kept {
        static final String CODE = "FREED_TOO_LATE";

        @Override
        public String text() {
            return "Rule " + rule + ": its child " + childId + " goes by a later rule, so it can go in the next run";
        }

        @Override
        public String code() {
            return CODE;
        }
    }

    /** Taking it, or one that comes before it, would be more than a run may take. */
    record CeilingReached(int rule, ByteSize ceiling) implements Kept {
        @Override
        public String text() {
            return "Rule " + rule + ": the ceiling of " + ceiling + " a run is reached";
        }

        @Override
        public String code() {
            return "CEILING_REACHED";
        }
    }
}
