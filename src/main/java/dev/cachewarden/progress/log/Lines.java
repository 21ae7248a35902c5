package dev.cachewarden.progress.log;

import java.util.Arrays;

/** Splits bytes into lines, and counts the bytes. */
final class Lines implements Bytes {

    /** The maximum length of a line. BuildKit sends about 1 MiB of output at once, which is 1.4 MiB in base64. */
    static final int LONGEST = 16 << 20;

    /** The number of bytes without {@code \n} after which {@code \r} ends a line, if the log contains any. */
    private static final int MOST_WITHOUT_END = 64 << 10;

    static final String TOO_LONG = "A line is longer than %d MiB and was truncated.".formatted(LONGEST >> 20);

    private final Sink sink;
    private final long most;
    private byte[] begun = new byte[8 << 10];
    private int size;
    private boolean tooLong;
    private long taken;

    /**
     * True if a line has ended with {@code \n}. Then {@code \r} ends no line, because steps print it between the states of a progress bar.
     */
    private boolean ended;

    private int withoutEnd;

    /** Receives lines without their {@code \n}; keeps no reference to the array. */
    interface Sink {
        void line(byte[] bytes, int from, int to);

        void gap(String reason);

        /** Receives the prefix that was removed before the next line; it may contain a time. */
        default void time(byte[] bytes, int from, int to) {}
    }

    /**
     * Creates a stage.
     *
     * @param most maximum number of bytes; the rest is dropped
     */
    Lines(Sink sink, long most) {
        this.sink = sink;
        this.most = most;
    }

    /** Returns the memory of an incomplete line. */
    long held() {
        return begun.length;
    }

    /** Returns true if all further bytes are dropped. */
    boolean full() {
        return taken >= most;
    }

    @Override
    public void take(byte[] bytes, int offset, int length) {
        int count = (int) Math.min(length, most - taken);
        taken += count;
        cut(bytes, offset, offset + count);
        if (full()) {
            sink.gap("The log is longer than %d MiB. The rest is omitted.".formatted(most >> 20));
        }
    }

    private void cut(byte[] bytes, int from, int to) {
        int at = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                if (size == 0 && i - at <= LONGEST) {
                    sink.line(bytes, at, i);
                } else {
                    keep(bytes, at, i);
                    line();
                }
                at = i + 1;
                ended = true;
            } else if (!ended && ++withoutEnd >= MOST_WITHOUT_END && bytes[i] == '\r') {
                keep(bytes, at, i);
                cutAtReturns();
                line();
                at = i + 1;
            }
        }
        keep(bytes, at, to);
    }

    /** Splits the buffered bytes at each {@code \r}; the last piece may continue. */
    private void cutAtReturns() {
        int at = 0;
        for (int i = 0; i < size; i++) {
            if (begun[i] == '\r') {
                sink.line(begun, at, i);
                at = i + 1;
            }
        }
        System.arraycopy(begun, at, begun, 0, size - at);
        size -= at;
    }

    private void keep(byte[] bytes, int from, int to) {
        int count = Math.min(to - from, LONGEST - size);
        tooLong |= count < to - from;
        if (size + count > begun.length) {
            begun = Arrays.copyOf(begun, Math.min(LONGEST, Math.max(size + count, begun.length * 2)));
        }
        System.arraycopy(bytes, from, begun, size, count);
        size += count;
    }

    private void line() {
        sink.line(begun, 0, size);
        size = 0;
        if (tooLong) {
            // Report the gap after the line, because the line may begin another build.
            sink.gap(TOO_LONG);
            tooLong = false;
        }
    }

    @Override
    public void end() {
        if (!ended) {
            cutAtReturns();
        }
        if (size > 0) {
            line();
        }
    }
}
