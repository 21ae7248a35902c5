package dev.cachewarden.planner;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;

/** A change of a record between the plan and the run, which makes the run skip the record. */
public sealed interface Drift {

    /** Returns the text that pages, responses, and logs show. */
    String text();

    /** The record no longer exists. */
    record Gone() implements Drift {
        @Override
        public String text() {
            return "No longer in the cache; not deleted by this run";
        }
    }

    /** A running build uses the record. */
    record InUseNow() implements Drift {
        @Override
        public String text() {
            return "In use by a running build";
        }
    }

    /** An image has shared the data of the record since the plan. */
    record SharedNow() implements Drift {
        @Override
        public String text() {
            return "Shared with an image since the plan";
        }
    }

    /** A build has used the record since the plan. */
    record UsedSince() implements Drift {
        @Override
        public String text() {
            return "Used since the plan";
        }
    }

    /** The size of the record differs from the planned size. */
    record SizeChanged(ByteSize planned, ByteSize now) implements Drift {
        @Override
        public String text() {
            return "Its size changed since the plan, from " + planned.exact() + " to " + now.exact();
        }
    }

    /** The type of the record differs from the planned type. */
    record TypeChanged(RecordType planned, RecordType now) implements Drift {
        @Override
        public String text() {
            return "Its type changed since the plan, from " + planned + " to " + now;
        }
    }

    /** The record was pinned after the plan was made. */
    record PinnedNow(Filter pin) implements Drift {
        @Override
        public String text() {
            return "Pinned since the plan: " + pin;
        }
    }

    /** The record has a child that stays. */
    record HeldByChild(String childId) implements Drift {
        @Override
        public String text() {
            return "Held by its child " + childId + ", which stays";
        }
    }
}
