package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The reason why a record is deleted or stays. Each record of a snapshot has exactly one. Rules are numbered from 1. */
public sealed interface Reason {

    /** Returns the text that pages, responses, and logs show. */
    String text();

    /** Returns a stable code for the kind of reason, for counting and for API clients. */
    String code();

    /** The reason why a record is deleted. */
    sealed interface Taken extends Reason {
        /** Returns the number of the rule that selects it. */
        int rule();
    }

    /** A deletion because the cache or the disk has too little space. */
    sealed interface NoRoom extends Taken {

        /** Returns the amount used, and the limit that it exceeds. */
        String lack();
    }

    /** The reason why a record stays. */
    sealed interface Kept extends Reason {}

    /**
     * The record was unused for long enough.
     *
     * @param unusedFor the age that the rule requires; with zero, it selects every record
     * @param unused how long the record was unused when planned, or null if the builder does not report it and the rule does not require it
     */
    record Unused(int rule, Duration unusedFor, @Nullable Duration unused) implements Taken {
        @Override
        public String text() {
            return unusedFor.isZero() || unused == null
                    ? "Rule " + rule + ": deletes everything"
                    : "Rule " + rule + ": unused for " + Words.age(unused) + ", at least "
                            + Durations.format(unusedFor);
        }

        @Override
        public String code() {
            return "UNUSED";
        }
    }

    /**
     * The record was among the least recently used while the used space exceeded the limit.
     *
     * @param selected the size of the rule's selection when the rule reached this record
     */
    record AboveMaxUsedSpace(int rule, ByteSize maxUsedSpace, ByteSize selected) implements NoRoom {
        @Override
        public String text() {
            return "Rule " + rule + ": least recently used while " + lack();
        }

        @Override
        public String lack() {
            return selected + " exceeds the limit of " + maxUsedSpace;
        }

        @Override
        public String code() {
            return "ABOVE_MAX_USED_SPACE";
        }
    }

    /**
     * The rule prunes down to its reserved space, and the record was among the least recently used.
     *
     * @param selected the size of the rule's selection when the rule reached this record
     */
    record AboveReservedSpace(int rule, ByteSize reservedSpace, ByteSize selected) implements NoRoom {
        @Override
        public String text() {
            return "Rule " + rule + ": least recently used while " + lack();
        }

        @Override
        public String lack() {
            return selected + " exceeds the reserved " + reservedSpace;
        }

        @Override
        public String code() {
            return "ABOVE_RESERVED_SPACE";
        }
    }

    /**
     * The disk has too little free space, and the record was among the least recently used.
     *
     * @param used the bytes that counted towards the limit when the rule reached this record
     */
    record BelowMinFreeSpace(int rule, ByteSize minFreeSpace, ByteSize used) implements NoRoom {
        @Override
        public String text() {
            return "Rule " + rule + ": least recently used of " + used + " while " + lack();
        }

        @Override
        public String lack() {
            return "less than " + minFreeSpace + " of the disk is free";
        }

        @Override
        public String code() {
            return "BELOW_MIN_FREE_SPACE";
        }
    }

    /**
     * The record was the lowest in BuildKit's order of last use and number of uses.
     *
     * @param limit the limit that BuildKit calculates from the limits of the rule
     * @param used the bytes that counted towards the limit when the rule reached this record
     */
    record LowestRank(int rule, ByteSize limit, ByteSize used) implements Taken {
        @Override
        public String text() {
            return "Rule " + rule + ": lowest in BuildKit's order while " + used + " reaches the limit of " + limit;
        }

        @Override
        public String code() {
            return "LOWEST_RANK";
        }
    }

    /**
     * The cache or the disk has too little space, and the loss of this record costs the least.
     *
     * @param lack the exceeded limit
     * @param rebuild the rebuild time, or null if it is unknown; the planner then assumes the median cost per byte of the other records
     */
    record CheapestToRebuild(NoRoom lack, @Nullable Duration rebuild) implements Taken {
        @Override
        public int rule() {
            return lack.rule();
        }

        @Override
        public String text() {
            return "Rule " + rule() + ": cheapest to rebuild for its size and use ("
                    + (rebuild == null ? "time unknown" : Words.time(rebuild)) + ") while " + lack.lack();
        }

        @Override
        public String code() {
            return "CHEAPEST_TO_REBUILD";
        }
    }

    /** A running build uses the record. */
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

    /** An image shares the data, and the rule that would select the record does not include shared records. */
    record Shared() implements Kept {
        @Override
        public String text() {
            return "Shared with an image, so deleting it would free no space";
        }

        @Override
        public String code() {
            return "SHARED";
        }
    }

    /** The ID does not have the form of BuildKit's IDs, so it cannot be passed to a builder safely. */
    record UnusableId() implements Kept {
        @Override
        public String text() {
            return "Its ID does not have the format of BuildKit, so it cannot be deleted safely";
        }

        @Override
        public String code() {
            return "UNUSABLE_ID";
        }
    }

    /**
     * Records of this type are deleted only if a rule names the type or includes internal records. A rule whose filters match the record
     * does neither.
     */
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

    /** No rule selects the record. */
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

    /** The record was used too recently, or created too recently if it was never used. */
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

    /** The builder reports neither the last use nor the creation of the record, and the rule requires an age. */
    record AgeUnknown(int rule) implements Kept {
        @Override
        public String text() {
            return "Rule " + rule + ": the builder does not report when it was last used or created";
        }

        @Override
        public String code() {
            return "AGE_UNKNOWN";
        }
    }

    /** The selection is within the maximum used space. */
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

    /** The disk has enough free space without a deletion of this record. */
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

    /** The used space is less than the limit that BuildKit calculates from the limits of the rule. */
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

    /** The rule depends on a disk whose size is unknown. */
    record NotEvaluated(int rule) implements Kept {
        @Override
        public String text() {
            return "Rule " + rule + ": cannot be evaluated, because the disk size of the host is unknown";
        }

        @Override
        public String code() {
            return "NOT_EVALUATED";
        }
    }

    /** A pin protects the record. */
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

    /** A deletion of this record, or of one before it, would go below the reserved space. */
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

    /** The record has a child that stays. */
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

    /** A later rule than the one that would select this record deletes its child. The next run can delete the record. */
    record FreedTooLate(int rule, String childId) implements Kept {
        static final String CODE = "FREED_TOO_LATE";

        @Override
        public String text() {
            return "Rule " + rule + ": a later rule deletes its child " + childId + ", so the next run can delete it";
        }

        @Override
        public String code() {
            return CODE;
        }
    }

    /** A deletion of this record, or of one before it, would exceed the limit per run. */
    record CeilingReached(int rule, ByteSize ceiling) implements Kept {
        @Override
        public String text() {
            return "Rule " + rule + ": the limit per run of " + ceiling + " is reached";
        }

        @Override
        public String code() {
            return "CEILING_REACHED";
        }
    }
}
