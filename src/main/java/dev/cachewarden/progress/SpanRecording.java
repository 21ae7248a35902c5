package dev.cachewarden.progress;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Records the text before the first and the last line of a build, and other reports of its duration. */
final class SpanRecording {

    private static final int LONGEST = 1024;

    private byte[] first = {};
    private byte[] last = {};
    private int lastLength;
    private @Nullable Duration duration;
    private boolean open;

    /** Records the text before a line. Most of it is parsed only on request. */
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

    BuildProgress.Span span() {
        var began = LineTime.in(first, 0, first.length);
        var ended = LineTime.in(last, 0, lastLength);
        var between = began == null || ended == null ? null : began.until(ended);
        return new BuildProgress.Span(
                began == null ? null : began.instant(), duration == null ? between : duration, open);
    }
}
