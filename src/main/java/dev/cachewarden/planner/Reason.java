package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The reason why a record is deleted or stays. Each record of a snapshot has exactly one. Rules are numbered from 1. */
public sealed interface Reason {

    /** Returns the text that pages, responses, and logs show. */
    default String text() {
        return ReasonText.of(this);
    }

    /** Returns a stable code for the kind of reason, for counting and for API clients. */
    default String code() {
        return switch (this) {
            case Unused unused -> Unused.CODE;
            case AboveMaxUsedSpace aboveMaxUsedSpace -> AboveMaxUsedSpace.CODE;
            case AboveReservedSpace aboveReservedSpace -> AboveReservedSpace.CODE;
            case BelowMinFreeSpace belowMinFreeSpace -> BelowMinFreeSpace.CODE;
            case LowestRank lowestRank -> LowestRank.CODE;
            case CheapestToRebuild cheapestToRebuild -> "CHEAPEST_TO_REBUILD";
            case InUse inUse -> "IN_USE";
            case Shared shared -> "SHARED";
            case UnusableId unusableId -> "UNUSABLE_ID";
            case SparedType sparedType -> "SPARED_TYPE";
            case NotSelected notSelected -> "NOT_SELECTED";
            case UsedWithin usedWithin -> "USED_WITHIN";
            case AgeUnknown ageUnknown -> "AGE_UNKNOWN";
            case UnderMaxUsedSpace underMaxUsedSpace -> "UNDER_MAX_USED_SPACE";
            case EnoughFreeSpace enoughFreeSpace -> "ENOUGH_FREE_SPACE";
            case LessThanLimit lessThanLimit -> "LESS_THAN_LIMIT";
            case NotEvaluated notEvaluated -> "NOT_EVALUATED";
            case Pinned pinned -> "PINNED";
            case ReservedFloor reservedFloor -> "RESERVED_FLOOR";
            case HeldByChild heldByChild -> HeldByChild.CODE;
            case FreedTooLate freedTooLate -> FreedTooLate.CODE;
            case LimitPerRunReached limitPerRunReached -> "LIMIT_PER_RUN_REACHED";
        };
    }

    /** The reason why a record is deleted. */
    sealed interface Taken extends Reason {
        /** Returns the number of the rule that selects it. */
        int rule();
    }

    /** A deletion because the cache or the disk has too little space. */
    sealed interface NoRoom extends Taken {

        /** Returns the reason with this code. */
        static NoRoom of(String code, int rule, ByteSize limit, ByteSize counted) {
            return switch (code) {
                case AboveMaxUsedSpace.CODE -> new AboveMaxUsedSpace(rule, limit, counted);
                case AboveReservedSpace.CODE -> new AboveReservedSpace(rule, limit, counted);
                case BelowMinFreeSpace.CODE -> new BelowMinFreeSpace(rule, limit, counted);
                default -> throw new IllegalArgumentException("Unknown reason for a deletion: " + code);
            };
        }

        /** Returns the limit that the cache exceeds. */
        default ByteSize exceeded() {
            return switch (this) {
                case AboveMaxUsedSpace it -> it.limit();
                case AboveReservedSpace it -> it.reserved();
                case BelowMinFreeSpace it -> it.wanted();
            };
        }

        /** Returns the bytes that counted towards the limit. */
        default ByteSize counted() {
            return switch (this) {
                case AboveMaxUsedSpace it -> it.selected();
                case AboveReservedSpace it -> it.selected();
                case BelowMinFreeSpace it -> it.used();
            };
        }
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
        public static final String CODE = "UNUSED";
    }

    /**
     * The record was among the least recently used while the used space exceeded the limit.
     *
     * @param selected the size of the rule's selection when the rule reached this record
     */
    record AboveMaxUsedSpace(int rule, ByteSize limit, ByteSize selected) implements NoRoom {
        static final String CODE = "ABOVE_MAX_USED_SPACE";
    }

    /**
     * The rule prunes down to its reserved space, and the record was among the least recently used.
     *
     * @param selected the size of the rule's selection when the rule reached this record
     */
    record AboveReservedSpace(int rule, ByteSize reserved, ByteSize selected) implements NoRoom {
        static final String CODE = "ABOVE_RESERVED_SPACE";
    }

    /**
     * The disk has too little free space, and the record was among the least recently used.
     *
     * @param used the bytes that counted towards the limit when the rule reached this record
     */
    record BelowMinFreeSpace(int rule, ByteSize wanted, ByteSize used) implements NoRoom {
        static final String CODE = "BELOW_MIN_FREE_SPACE";
    }

    /**
     * The record was the lowest in BuildKit's order of last use and number of uses.
     *
     * @param limit the limit that BuildKit calculates from the limits of the rule
     * @param used the bytes that counted towards the limit when the rule reached this record
     */
    record LowestRank(int rule, ByteSize limit, ByteSize used) implements Taken {
        public static final String CODE = "LOWEST_RANK";
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
    }

    /** A running build uses the record. */
    record InUse() implements Kept {}

    /** An image shares the data, and the rule that would select the record does not include shared records. */
    record Shared() implements Kept {}

    /** The ID does not have the form of BuildKit's IDs, so it cannot be passed to a builder safely. */
    record UnusableId() implements Kept {}

    /**
     * Records of this type are deleted only if a rule names the type or includes internal records. A rule whose filters match the record
     * does neither.
     */
    record SparedType(RecordType type) implements Kept {}

    /** No rule selects the record. */
    record NotSelected() implements Kept {}

    /** The record was used too recently, or created too recently if it was never used. */
    record UsedWithin(int rule, Duration unusedFor) implements Kept {}

    /** The builder reports neither the last use nor the creation of the record, and the rule requires an age. */
    record AgeUnknown(int rule) implements Kept {}

    /** The selection is within the maximum used space. */
    record UnderMaxUsedSpace(int rule, ByteSize limit) implements Kept {}

    /** The disk has enough free space without a deletion of this record. */
    record EnoughFreeSpace(int rule, ByteSize wanted) implements Kept {}

    /** The used space is less than the limit that BuildKit calculates from the limits of the rule. */
    record LessThanLimit(int rule, ByteSize limit) implements Kept {}

    /** The rule depends on a disk whose size is unknown. */
    record NotEvaluated(int rule) implements Kept {}

    /** A pin protects the record. */
    record Pinned(Filter pin) implements Kept {}

    /** A deletion of this record, or of one before it, would go below the reserved space. */
    record ReservedFloor(int rule, ByteSize reserved) implements Kept {}

    /** The record has a child that stays. */
    record HeldByChild(int rule, String childId) implements Kept {
        static final String CODE = "HELD_BY_CHILD";
    }

    /** A later rule than the one that would select this record deletes its child. The next run can delete the record. */
    record FreedTooLate(int rule, String childId) implements Kept {
        static final String CODE = "FREED_TOO_LATE";
    }

    /** A deletion of this record, or of one before it, would exceed the limit per run. */
    record LimitPerRunReached(int rule, ByteSize limitPerRun) implements Kept {}
}
