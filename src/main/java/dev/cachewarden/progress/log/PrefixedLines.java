package dev.cachewarden.progress.log;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Removes GitLab's prefixes from lines, and joins the lines that GitLab has split. */
final class PrefixedLines implements Lines.Sink {

    private static final byte[] NONE = {};

    /** The maximum size of an array that is kept for other lines. Longer lines are rare. */
    private static final int LONGEST_KEPT = 64 << 10;

    private final Lines.Sink next;
    private final LinePrefix prefix = new LinePrefix();

    /** The last line, if the next one may continue it. */
    private byte[] kept = NONE;

    private int size = -1;

    /** The prefix of the kept line. */
    private byte[] before = NONE;

    /** Gaps in or after the last line. They are reported after it, because it may begin another build. */
    private final Set<String> gaps = new LinkedHashSet<>();

    PrefixedLines(Lines.Sink next) {
        this.next = next;
    }

    @Override
    public void line(byte[] bytes, int from, int to) {
        int at = prefix.after(bytes, from, to);
        if (size >= 0 && !prefix.isContinued()) {
            pass();
        }
        if (prefix.mayGoOn()) {
            before = size < 0 ? Arrays.copyOfRange(bytes, from, at) : before;
            append(bytes, at, to);
        } else {
            next.line(bytes, at, to);
        }
    }

    private void append(byte[] bytes, int from, int to) {
        int begun = Math.max(0, size);
        int count = Math.min(to - from, Lines.LONGEST - begun);
        if (count < to - from) {
            gaps.add(Lines.TOO_LONG);
        }
        if (kept.length < begun + count) {
            kept = Arrays.copyOf(kept, Math.min(Lines.LONGEST, Math.max(begun + count, kept.length * 2)));
        }
        System.arraycopy(bytes, from, kept, begun, count);
        size = begun + count;
    }

    private void pass() {
        next.time(before, 0, before.length);
        next.line(kept, 0, size);
        size = -1;
        if (kept.length > LONGEST_KEPT) {
            kept = NONE;
        }
        gaps.forEach(next::gap);
        gaps.clear();
    }

    /** Ends the input. */
    void end() {
        if (size >= 0) {
            pass();
        }
    }

    @Override
    public void gap(String reason) {
        if (size >= 0) {
            gaps.add(reason);
        } else {
            next.gap(reason);
        }
    }
}
