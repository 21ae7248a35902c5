package dev.cachewarden.prune.plan;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.plan.rule.Filter;

/** What happened to a record between the plan and the run, so that the run passes it over. */
public sealed interface Drift {

    /** In words, as pages, answers and logs show it. */
    String text();

    /** It is no longer there. */
    record Gone() implements Drift {
        @Override
        public String text() {
            return "Gone before the run began; not deleted by it";
        }
    }

    /** A running build holds it. */
    record InUseNow() implements Drift {
        @Override
        public String text() {
            return "In use by a running build";
        }
    }

    /** An image holds its data since. */
    record SharedNow() implements Drift {
        @Override
        public String text() {
            return "Shared with an image since the plan";
        }
    }

    /** A build used it. */
    record UsedSince() implements Drift {
        @Override
        public String text() {
            return "Used since the plan";
        }
    }

    /** It holds more or less than was planned. */
    record SizeChanged(ByteSize planned, ByteSize now) implements Drift {
        @Override
        public String text() {
            return "Its size changed since the plan, from " + planned.exact() + " to " + now.exact();
        }
    }

    /** The builder keeps something else in it. */
    record TypeChanged(RecordType planned, RecordType now) implements Drift {
        @Override
        public String text() {
            return "Its type changed since the plan, from " + planned + " to " + now;
        }
    }

    /** It was pinned after the plan was made. */
    record PinnedNow(Filter pin) implements Drift {
        @Override
        public String text() {
            return "Pinned since the plan: " + pin;
        }
    }

    /** A record builds on it that stays. */
    record HeldByChild(String childId) implements Drift {
        @Override
        public String text() {
            return "Held by its child " + childId + ", which stays";
        }
    }
}
