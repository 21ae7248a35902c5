package dev.cachewarden.plan.preview;

import java.util.PriorityQueue;

/** The largest sizes that several threads have met together. A record smaller than all of them is not among the largest. */
final class LargestSizes {

    private final int most;
    private final PriorityQueue<Long> sizes = new PriorityQueue<>();

    /** The smallest of the largest sizes, or -1 until they are complete. */
    private volatile long least = -1;

    /**
     * Creates an empty collection.
     *
     * @param most the number of largest sizes
     */
    LargestSizes(int most) {
        this.most = most;
    }

    /** Returns whether a size may be one of the largest, and records it. */
    boolean admits(long bytes) {
        if (bytes < least) {
            return false;
        }
        note(bytes);
        return true;
    }

    private synchronized void note(long bytes) {
        sizes.add(bytes);
        if (sizes.size() > most) {
            sizes.poll();
        }
        if (sizes.size() == most) {
            least = sizes.element();
        }
    }
}
