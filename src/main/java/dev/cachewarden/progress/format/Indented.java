package dev.cachewarden.progress.format;

import java.util.Arrays;

/** Assembles an indented object from several lines, between two lines with a single brace. */
final class Indented {

    /** The maximum size, equal to that of a line. */
    private static final int LONGEST = 16 << 20;

    private byte[] object = {};
    private int size;
    private boolean begun;
    private boolean whole;

    /** Adds a line. Returns true if it belongs to such an object. */
    boolean line(byte[] text, int from, int to) {
        boolean brace = to - from == 1;
        if (brace && text[from] == '{') {
            begun = true;
            size = 0;
        }
        if (!begun) {
            return false;
        }
        append(text, from, to);
        whole = brace && text[from] == '}';
        begun = !whole;
        return true;
    }

    /** Truncates an object that is too long, which makes it invalid JSON. */
    private void append(byte[] text, int from, int to) {
        int count = Math.min(to - from, LONGEST - size);
        if (object.length < size + count) {
            object = Arrays.copyOf(object, Math.min(LONGEST, Math.max(size + count, object.length * 2)));
        }
        System.arraycopy(text, from, object, size, count);
        size += count;
    }

    boolean isBegun() {
        return begun;
    }

    boolean isWhole() {
        return whole;
    }

    byte[] object() {
        return object;
    }

    int size() {
        return size;
    }
}
