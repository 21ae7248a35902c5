package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;

/** A change of a record between the plan and the run, which makes the run skip the record. */
public sealed interface Drift {

    /** The record no longer exists. */
    record Gone() implements Drift {}

    /** A running build uses the record. */
    record InUseNow() implements Drift {}

    /** An image has shared the data of the record since the plan. */
    record SharedNow() implements Drift {}

    /** A build has used the record since the plan. */
    record UsedSince() implements Drift {}

    /** The size of the record differs from the planned size. */
    record SizeChanged(ByteSize planned, ByteSize now) implements Drift {}

    /** The type of the record differs from the planned type. */
    record TypeChanged(RecordType planned, RecordType now) implements Drift {}

    /** The record was pinned after the plan was made. */
    record PinnedNow(Filter pin) implements Drift {}

    /** The record has a child that stays. */
    record HeldByChild(String childId) implements Drift {}
}
