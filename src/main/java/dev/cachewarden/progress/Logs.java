package dev.cachewarden.progress;

import java.util.LinkedHashSet;

/** What all vertices printed, of one build or of several in one log, within a limit for them together. */
final class Logs {

    private final int limit;

    /** The one that printed last comes last. */
    private final LinkedHashSet<LogTail> tails = new LinkedHashSet<>();

    private long taken;

    Logs(int limit) {
        this.limit = limit;
    }

    long taken() {
        return taken;
    }

    /** Returns false if another vertex lost what it had printed. */
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
