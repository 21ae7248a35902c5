package dev.cachewarden.plan.preview;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A sequence of numbers, times, and texts in a compact form, with few bytes for small values. */
final class PackedBytes {

    private static final long MICROS = 1_000_000;

    private byte[] bytes;
    private int length;

    PackedBytes(int expected) {
        this.bytes = new byte[Math.max(16, expected)];
    }

    /** Appends a number with seven bits per byte, the lowest first. A negative number takes ten bytes. */
    void number(long number) {
        room(10);
        long left = number;
        while ((left & ~0x7FL) != 0) {
            bytes[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
    }

    /**
     * Appends a time in microseconds; null appends nothing.
     *
     * @throws IllegalArgumentException if the time is finer than microseconds
     */
    void time(@Nullable Instant time) {
        if (time == null) {
            return;
        }
        if (!time.truncatedTo(ChronoUnit.MICROS).equals(time)) {
            throw new IllegalArgumentException(time + " is more precise than microseconds");
        }
        long micros = Math.addExact(Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / 1_000);
        // The lowest bit holds the sign, so that times before 1970 are short too.
        number(micros << 1 ^ micros >> 63);
    }

    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number(encoded.length);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length + (bytes.length >> 1), length + more));
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** A reader that returns the values in the order they were written. */
    static final class Reader {

        private final byte[] bytes;
        private int at;

        /**
         * Creates a reader.
         *
         * @param from the index of the first byte to read
         */
        Reader(byte[] bytes, int from) {
            this.bytes = bytes;
            this.at = from;
        }

        /** Returns the index of the next byte to read. */
        int place() {
            return at;
        }

        /** Skips a number or a time. */
        void skip() {
            while (bytes[at++] < 0) {
                // The last byte of a value is the first non-negative one.
            }
        }

        long number() {
            long number = 0;
            int shift = 0;
            while (true) {
                byte next = bytes[at++];
                number |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    return number;
                }
                shift += 7;
            }
        }

        Instant time() {
            long coded = number();
            long micros = coded >>> 1 ^ -(coded & 1);
            return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
        }

        String text() {
            int length = (int) number();
            at += length;
            return new String(bytes, at - length, length, StandardCharsets.UTF_8);
        }
    }
}
