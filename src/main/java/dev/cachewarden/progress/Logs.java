package dev.cachewarden.progress;

import java.util.LinkedHashSet;

/** What all vertices printed, within a limit for them together. */
final class Logs {

    private final int limit;
    private final Gaps gaps;

    /** The one that printed last comes last. */
    private final LinkedHashSet<LogTail> tails = new LinkedHashSet<>();

    private long taken;

    Logs(int limit, Gaps gaps) {
        this.limit = limit;
        this.gaps = gaps;
    }

    void append(LogTail tail, byte[] bytes, int offset, int length) {
        if (tails.isEmpty() || tails.getLast() != tail) {
            tails.addLast(tail);
        }
        taken -= tail.capacity();
        tail.append(bytes, offset, length);
        taken += tail.capacity();
        while (taken > limit && tails.size() > 1) {
            var silent = tails.removeFirst();
            taken -= silent.capacity();
            silent.drop();
            gaps.add(
                    "More was printed than is kept: the output of steps that had been silent for longest is left out.");
        }
    }
}
