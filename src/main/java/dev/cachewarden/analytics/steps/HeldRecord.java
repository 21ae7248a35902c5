package dev.cachewarden.analytics.steps;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;

/**
 * The record that holds the result of a build step, in the latest snapshot of the builder.
 *
 * @param builder builder of the snapshot
 * @param ground evidence that this record is the right one
 * @param candidates number of records with the instruction of the step, including this one
 */
public record HeldRecord(BuilderId builder, CacheRecord record, Ground ground, int candidates) {

    /** The evidence that links a record to a step, surest first. */
    public enum Ground {
        /** The record was created while the step ran. */
        CREATED_BY_STEP,
        /** The record of the next step is a child of this one. */
        PARENT_OF_NEXT,
        /** The step was cached, and the build was the last to use the record. */
        USED_BY_BUILD,
        /** The record is the newest one that existed when the step hit the cache. */
        EXISTED_BEFORE,
        /**
         * The record is the newest one with the instruction of the step. There is no evidence that the build created or used it, so it is
         * most likely from another build.
         */
        SAME_INSTRUCTION;

        /** Returns whether the record certainly is the one of the step, and not only a candidate. */
        public boolean sure() {
            return this == CREATED_BY_STEP || this == PARENT_OF_NEXT || this == USED_BY_BUILD;
        }
    }
}
