package dev.cachewarden.progress;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What stands before the first and the last line of a build, and what else tells how long it took. */
final class SpanRecording {

    private static final int LONGEST = 1024;

    private byte[] first = {};
    private byte[] last = {};
    private int lastLength;
    private @Nullable Duration duration;
    private boolean open;

    /** Takes what stands before a line; most of it is read only if somebody asks. */
    void before(byte[] text, int from, int to) {
        int length = Math.min(to - from, LONGEST);
        if (length == 0) {
            return;
        }
        if (first.length == 0) {
            first = Arrays.copyOfRange(text, from, from + length);
        }
        if (last.length < length) {
            last = new byte[length];
        }
        System.arraycopy(text, from, last, 0, length);
        lastLength = length;
    }

    void took(Duration duration) {
        this.duration = duration;
    }

    void open(boolean open) {
        this.open = open;
    }

    BuildSpan span() {
        var began = LineTime.in(first, 0, first.length);
        var ended = LineTime.in(last, 0, lastLength);
        var between = began == null || ended == null ? null : began.until(ended);
        return new BuildSpan(began == null ? null : began.instant(), duration == null ? between : duration, open);
    }
}
