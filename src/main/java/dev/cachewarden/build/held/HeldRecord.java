package dev.cachewarden.build.held;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;

/**
 * The record that holds what a step of a build made, as of the builder's last reading.
 *
 * @param builder whose reading it is of
 * @param ground what tells that it is this one
 * @param candidates how many records have the step's instruction, this one included
 */
public record HeldRecord(BuilderId builder, CacheRecord record, Ground ground, int candidates) {

    /** Why a record is taken for a step's, the surest first. */
    public enum Ground {
        /** It came to be as the step ran. */
        MADE_BY_IT,
        /** The record of the step after it builds on this one. */
        BUILT_UPON,
        /** The build used it last, and the step was cached. */
        USED_BY_IT,
        /** The newest that was there when the step was found in the cache. */
        THERE_BEFORE,
        /** The newest that has the step's instruction. Nothing tells that the build made or used it: most likely another did. */
        SAME_INSTRUCTION;

        /** Whether it is the record itself, and not only one that may be. */
        public boolean sure() {
            return this == MADE_BY_IT || this == BUILT_UPON || this == USED_BY_IT;
        }
    }
}
