package dev.cachewarden.progress;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The end of a vertex's output, as bytes in a ring buffer that grows up to a limit. */
final class LogTail {

    private static final byte[] NONE = {};
    private static final int FIRST = 512;

    private final int limit;
    private byte[] ring = NONE;
    private int start;
    private int size;
    private boolean cut;

    LogTail(int limit) {
        this.limit = limit;
    }

    /** Appends output, and drops the oldest bytes beyond the limit. */
    void append(byte[] bytes, int offset, int length) {
        int from = offset;
        int count = length;
        if (count > limit) {
            from += count - limit;
            count = limit;
            cut = true;
        }
        grow(Math.min(limit, size + count));
        int overflow = size + count - ring.length;
        if (overflow > 0) {
            start = (start + overflow) % ring.length;
            size -= overflow;
            cut = true;
        }
        write(bytes, from, count);
    }

    private void grow(int wanted) {
        if (wanted <= ring.length) {
            return;
        }
        int capacity = (int) Math.min(limit, Math.max(Math.max(FIRST, wanted), ring.length * 2L));
        ring = Arrays.copyOf(content(), capacity);
        start = 0;
    }

    private void write(byte[] bytes, int from, int count) {
        if (count == 0) {
            return;
        }
        int end = (start + size) % ring.length;
        int first = Math.min(count, ring.length - end);
        System.arraycopy(bytes, from, ring, end, first);
        System.arraycopy(bytes, from + first, ring, 0, count - first);
        size += count;
    }

    private byte[] content() {
        var content = new byte[size];
        int first = Math.min(size, ring.length - start);
        System.arraycopy(ring, start, content, 0, first);
        System.arraycopy(ring, 0, content, first, size - first);
        return content;
    }

    /** Drops all output, and records that there was some. */
    void drop() {
        cut |= size > 0;
        ring = NONE;
        start = 0;
        size = 0;
    }

    /** Returns the used memory in bytes. */
    int capacity() {
        return ring.length;
    }

    boolean cut() {
        return cut;
    }

    /**
     * Returns the output as text without colors, from the beginning of a line. Lines end in {@code \n}. The last line has no end, because a
     * plain log does not show whether it had one. U+FFFD replaces bytes that are not UTF-8.
     */
    String text() {
        byte[] content = content();
        int from = cut ? lineAfterCut(content) : 0;
        int size = TerminalText.withoutEscapes(content, from, content.length, content);
        while (size > 0 && (content[size - 1] == '\n' || content[size - 1] == '\r')) {
            size--;
        }
        return new String(content, 0, size, StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    /**
     * Returns the start of the text to show. A partial line is shown only if there is no complete one, and a partial character is never
     * shown.
     */
    private static int lineAfterCut(byte[] content) {
        for (int i = 0; i < content.length - 1; i++) {
            if (content[i] == '\n') {
                return i + 1;
            }
        }
        int from = 0;
        while (from < content.length && from < 4 && (content[from] & 0xC0) == 0x80) {
            from++;
        }
        return from;
    }
}
