package dev.cachewarden.progress.log;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads the output of {@code docker build --progress=plain} or {@code --progress=rawjson}, uncompressed or in gzip, of one build or several
 * in a row. Accepts it in pieces of any size, uses limited memory, and returns the progress so far at any time. Missing or damaged parts
 * become gaps of their build. Not thread-safe.
 */
public final class ProgressReader {

    /** The maximum size of a log after decompression. No build prints as much, but half a megabyte of gzip can expand to this size. */
    private static final long MOST = 512L << 20;

    private final Sources sources;
    private final PrefixedLines prefixed;
    private final Lines lines;
    private final Bytes input;

    public ProgressReader(ProgressLimits limits) {
        this(limits, MOST);
    }

    /**
     * Creates a reader.
     *
     * @param most maximum number of bytes to read, after decompression
     */
    ProgressReader(ProgressLimits limits, long most) {
        sources = new Sources(limits);
        prefixed = new PrefixedLines(sources);
        lines = new Lines(prefixed, most);
        input = new Head(2, head -> isGzip(head) ? new Gunzip(text(), lines::full, prefixed::gap) : text());
    }

    private static boolean isGzip(byte[] head) {
        return head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    }

    /** Detects the encoding by the byte order mark, or by the zero bytes that UTF-16 adds to letters. The default is UTF-8. */
    private Bytes text() {
        return new Head(2, head -> {
            if (isUtf16(head, (byte) 0xFF, (byte) 0xFE) || isLetter(head, 0, 1)) {
                return new Utf16(StandardCharsets.UTF_16LE, withoutMark());
            }
            if (isUtf16(head, (byte) 0xFE, (byte) 0xFF) || isLetter(head, 1, 0)) {
                return new Utf16(StandardCharsets.UTF_16BE, withoutMark());
            }
            return withoutMark();
        });
    }

    private static boolean isUtf16(byte[] head, byte first, byte second) {
        return head.length == 2 && head[0] == first && head[1] == second;
    }

    private static boolean isLetter(byte[] head, int low, int high) {
        return head.length == 2 && head[low] > 0 && head[high] == 0;
    }

    private Bytes withoutMark() {
        return new Head(3, head -> {
            boolean mark =
                    head.length == 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF;
            return mark ? new Rest(3, lines) : lines;
        });
    }

    /**
     * Reads a whole log.
     *
     * @throws NotABuildLogException if the log contains no step of a build
     */
    public static List<BuildProgress> read(InputStream log, ProgressLimits limits) throws IOException {
        var reader = new ProgressReader(limits);
        var buffer = new byte[64 << 10];
        for (int count = log.read(buffer); count >= 0 && !reader.full(); count = log.read(buffer)) {
            reader.feed(buffer, 0, count);
        }
        return reader.finish();
    }

    /** Reads the next piece of the log. */
    public void feed(byte[] bytes, int offset, int length) {
        input.take(bytes, offset, length);
    }

    /** Returns the estimated memory of the data read so far, in bytes. */
    public long held() {
        return lines.held() + sources.memory();
    }

    /** Returns true if the maximum size is reached, so that the rest will be left out. */
    public boolean full() {
        return lines.full();
    }

    /** Returns the builds so far; the last one may still run. */
    public List<BuildProgress> progress() {
        return sources.progress();
    }

    /** Returns the current builds so far: one build, or the targets of one bake call. */
    public List<BuildProgress> current() {
        return sources.current();
    }

    /** Records that a part of the log will be missing, with the reason as a sentence for users. */
    public void gap(String reason) {
        prefixed.gap(reason);
    }

    /**
     * Ends the input.
     *
     * @return the builds in the order of the log, at least one
     * @throws NotABuildLogException if the log contains no step of a build
     */
    public List<BuildProgress> finish() {
        input.end();
        prefixed.end();
        sources.end();
        return sources.progress();
    }

    /** A stage that drops the first bytes. */
    private static final class Rest implements Bytes {

        private final Bytes next;
        private int drop;

        Rest(int drop, Bytes next) {
            this.drop = drop;
            this.next = next;
        }

        @Override
        public void take(byte[] bytes, int offset, int length) {
            int dropped = Math.min(drop, length);
            drop -= dropped;
            next.take(bytes, offset + dropped, length - dropped);
        }

        @Override
        public void end() {
            next.end();
        }
    }
}
