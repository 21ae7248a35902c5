package dev.cachewarden.progress.log;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952) as it arrives, including several members in a row. The JDK's own stream pulls its input, which would need a
 * thread for each upload.
 */
final class Gunzip implements Bytes {

    private static final int FIXED_HEADER = 10;
    private static final int TRAILER = 8;
    private static final int HAS_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final Bytes next;
    private final BooleanSupplier enough;
    private final Consumer<String> gap;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] unpacked = new byte[64 << 10];
    private Part part = Part.FIXED;
    private int seen;
    private int flags;
    private int extra;
    private long trailer;

    private enum Part {
        FIXED,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        CHECKSUM,
        BODY,
        TRAILER,
        BROKEN
    }

    /**
     * Creates a stage.
     *
     * @param enough returns true if no more output is wanted, because a small input can decompress to a very large output
     * @param gap consumer for descriptions of errors
     */
    Gunzip(Bytes next, BooleanSupplier enough, Consumer<String> gap) {
        this.next = next;
        this.enough = enough;
        this.gap = gap;
    }

    @Override
    public void take(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end && part != Part.BROKEN && !enough.getAsBoolean()) {
            if (part == Part.BODY) {
                at = body(bytes, at, end);
            } else if (part == Part.TRAILER) {
                trailer(bytes[at++] & 0xFF);
            } else {
                header(bytes[at++] & 0xFF);
            }
        }
    }

    private int body(byte[] bytes, int from, int to) {
        inflater.setInput(bytes, from, to - from);
        long before;
        int count;
        do {
            before = inflater.getBytesWritten();
            try {
                count = inflater.inflate(unpacked);
            } catch (DataFormatException e) {
                // The bytes before the damage were decompressed.
                pass((int) (inflater.getBytesWritten() - before));
                broken();
                return to;
            }
            pass(count);
        } while (count > 0 && !enough.getAsBoolean());
        if (inflater.needsDictionary()) {
            broken();
        } else if (inflater.finished()) {
            begin(Part.TRAILER);
        }
        return to - inflater.getRemaining();
    }

    private void pass(int count) {
        checksum.update(unpacked, 0, count);
        next.take(unpacked, 0, count);
    }

    private void broken() {
        part = Part.BROKEN;
        gap.accept("The compressed file is damaged. The data after the damage is missing.");
    }

    private void begin(Part part) {
        this.part = part;
        this.seen = 0;
    }

    private void header(int b) {
        seen++;
        switch (part) {
            case FIXED -> fixed(b);
            case EXTRA_LENGTH -> {
                extra |= b << (8 * (seen - 1));
                if (seen == 2) {
                    begin(extra == 0 ? Part.NAME : Part.EXTRA);
                }
            }
            case EXTRA -> {
                if (seen == extra) {
                    begin(Part.NAME);
                }
            }
            case NAME, COMMENT -> {
                if (b == 0) {
                    begin(part == Part.NAME ? Part.COMMENT : Part.CHECKSUM);
                }
            }
            default -> {
                if (seen == 2) {
                    begin(Part.BODY);
                }
            }
        }
        skipAbsent();
    }

    private void fixed(int b) {
        boolean wrong = (seen == 1 && b != 0x1f) || (seen == 2 && b != 0x8b) || (seen == 3 && b != 8);
        if (wrong) {
            // Padding may follow a member; it is not missing data.
            part = Part.BROKEN;
            return;
        }
        if (seen == 4) {
            flags = b;
        }
        if (seen == FIXED_HEADER) {
            extra = 0;
            inflater.reset();
            checksum.reset();
            begin(Part.EXTRA_LENGTH);
        }
    }

    private void skipAbsent() {
        if (part == Part.EXTRA_LENGTH && (flags & HAS_EXTRA) == 0) {
            begin(Part.NAME);
        }
        if (part == Part.NAME && (flags & HAS_NAME) == 0) {
            begin(Part.COMMENT);
        }
        if (part == Part.COMMENT && (flags & HAS_COMMENT) == 0) {
            begin(Part.CHECKSUM);
        }
        if (part == Part.CHECKSUM && (flags & HAS_CHECKSUM) == 0) {
            begin(Part.BODY);
        }
    }

    private void trailer(int b) {
        trailer = seen == 0 ? b : seen < 4 ? trailer | ((long) b << (8 * seen)) : trailer;
        seen++;
        if (seen == TRAILER) {
            if (trailer != checksum.getValue()) {
                gap.accept("The compressed file is damaged: its checksum is wrong. Its content may be wrong too.");
            }
            begin(Part.FIXED);
        }
    }

    @Override
    public void end() {
        if (part != Part.BROKEN && !(part == Part.FIXED && seen == 0) && !enough.getAsBoolean()) {
            gap.accept("The compressed file is truncated. Its end is missing.");
        }
        inflater.end();
        next.end();
    }
}
