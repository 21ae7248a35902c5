package dev.cachewarden.prune.preview;

import java.util.PriorityQueue;

/** The largest sizes that any of many threads has met. A record that is smaller than all of them is none of the largest. */
final class LargestSizes {

    private final int most;
    private final PriorityQueue<Long> sizes = new PriorityQueue<>();

    /** The smallest of them; less than any size while they are not complete. */
    private volatile long least = -1;

    /** @param most how many the largest are */
    LargestSizes(int most) {
        this.most = most;
    }

    /** Returns whether a size may be one of the largest, and notes it. */
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
