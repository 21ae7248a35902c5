package dev.cachewarden.progress.log;

import java.util.Arrays;

/** Cuts bytes into lines, and counts how many it was given. */
final class Lines implements Bytes {

    /** BuildKit sends about 1 MiB of output at once, which is 1.4 MiB of base64. */
    static final int LONGEST = 16 << 20;

    static final String TOO_LONG = "A line is longer than %d MiB; its end is left out.".formatted(LONGEST >> 20);

    private final Sink sink;
    private final long most;
    private byte[] begun = new byte[8 << 10];
    private int size;
    private boolean tooLong;
    private long taken;

    /** Takes a line, without its {@code \n}; keeps no reference to the array. */
    interface Sink {
        void line(byte[] bytes, int from, int to);

        void gap(String reason);

        /** Takes what stood before the next line and was taken from it; it may hold a time. */
        default void time(byte[] bytes, int from, int to) {}
    }

    /**
     * Creates a stage.
     *
     * @param most bytes; what comes behind is dropped
     */
    Lines(Sink sink, long most) {
        this.sink = sink;
        this.most = most;
    }

    /** Returns the memory that a line of which more is to come takes. */
    long held() {
        return begun.length;
    }

    /** Whether what comes now is dropped. */
    boolean full() {
        return taken >= most;
    }

    @Override
    public void take(byte[] bytes, int offset, int length) {
        int count = (int) Math.min(length, most - taken);
        taken += count;
        cut(bytes, offset, offset + count);
        if (full()) {
            sink.gap("The log is longer than %d MiB; the rest is left out.".formatted(most >> 20));
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
            }
        }
        keep(bytes, at, to);
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
            // Behind the line, which may begin another build.
            sink.gap(TOO_LONG);
            tooLong = false;
        }
    }

    @Override
    public void end() {
        if (size > 0) {
            line();
        }
    }
}
