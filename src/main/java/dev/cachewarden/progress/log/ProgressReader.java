package dev.cachewarden.progress.log;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads what {@code docker build --progress=plain} or {@code --progress=rawjson} printed, as it is or compressed with gzip, of one build
 * or of several in a row. Takes it in pieces of any size, in bounded memory, and tells at any time what is known so far. What is missing
 * or broken becomes a gap of the build concerned. Not for several threads at once.
 */
public final class ProgressReader {

    /** More than any build prints; gzip can make as much of half a megabyte. */
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
     * @param most bytes that are read, after unpacking
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

    /** By its byte order mark, or by the zeros that UTF-16 puts to letters; without either it is UTF-8. */
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
     * @throws NotABuildLogException if no step of a build is in it
     */
    public static List<BuildProgress> read(InputStream log, ProgressLimits limits) throws IOException {
        var reader = new ProgressReader(limits);
        var buffer = new byte[64 << 10];
        for (int count = log.read(buffer); count >= 0 && !reader.full(); count = log.read(buffer)) {
            reader.feed(buffer, 0, count);
        }
        return reader.finish();
    }

    /** Takes the next piece of the log. */
    public void feed(byte[] bytes, int offset, int length) {
        input.take(bytes, offset, length);
    }

    /** Returns the memory that what was read holds, in estimated bytes. */
    public long held() {
        return lines.held() + sources.memory();
    }

    /** Whether so much was read that the rest will be left out. */
    public boolean full() {
        return lines.full();
    }

    /** The builds that are known so far, as far as they are; the last may still run. */
    public List<BuildProgress> progress() {
        return sources.progress();
    }

    /** Of these the last: the builds that the log is at, as far as they are known. Several are the targets of one call of bake. */
    public List<BuildProgress> current() {
        return sources.current();
    }

    /** Notes that something of the log will not come, and why, in a sentence for a person. */
    public void gap(String reason) {
        prefixed.gap(reason);
    }

    /**
     * Ends reading: no more of the log will come.
     *
     * @return the builds in the order of the log, at least one
     * @throws NotABuildLogException if no step of a build is in it
     */
    public List<BuildProgress> finish() {
        input.end();
        prefixed.end();
        sources.end();
        return sources.progress();
    }

    /** Drops the first bytes. */
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
