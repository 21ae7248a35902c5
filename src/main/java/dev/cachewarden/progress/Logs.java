package dev.cachewarden.progress;

import java.util.LinkedHashSet;

/** The output of all vertices of a log, of one or several builds, within a common limit. */
final class Logs {

    private final int limit;

    /** Ordered by the last output of each vertex, with the most recent one at the end. */
    private final LinkedHashSet<LogTail> tails = new LinkedHashSet<>();

    private long taken;

    Logs(int limit) {
        this.limit = limit;
    }

    long taken() {
        return taken;
    }

    /** Appends output. Returns false if another vertex lost its output. */
    boolean append(LogTail tail, byte[] bytes, int offset, int length) {
        if (tails.isEmpty() || tails.getLast() != tail) {
            tails.addLast(tail);
        }
        taken -= tail.capacity();
        tail.append(bytes, offset, length);
        taken += tail.capacity();
        boolean kept = true;
        while (taken > limit && tails.size() > 1) {
            var silent = tails.removeFirst();
            taken -= silent.capacity();
            silent.drop();
            kept = false;
        }
        return kept;
    }
}
