package dev.cachewarden.progress.log;

import dev.cachewarden.progress.TerminalText;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Describes the content of a file that is not a build log, for the user who sent it. */
final class UnrecognizedLog {

    private static final int SHOWN = 80;
    private static final int LOOKED_AT = 400;

    private @Nullable String first;
    private boolean terminal;
    private @Nullable OtherLog other;

    void line(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, Math.min(LOOKED_AT, to - from), StandardCharsets.UTF_8);
        String line = withoutEscapes(text).strip();
        if (other == null || other == OtherLog.DOCKERFILE) {
            other = kind(line);
        }
        if (first == null && !line.isEmpty()) {
            first = line;
        }
        terminal |= line.contains("[+] Building ") || line.contains("=> [") || line.startsWith("=> ");
    }

    /**
     * Returns the kind of log that a line indicates. A Dockerfile is recognized only at the start of the file; later lines of one belong to
     * another log.
     */
    private @Nullable OtherLog kind(String line) {
        for (var kind : OtherLog.values()) {
            if (kind != OtherLog.DOCKERFILE && kind.shows(line)) {
                return kind;
            }
        }
        return other != null || (first == null && OtherLog.DOCKERFILE.shows(line)) ? OtherLog.DOCKERFILE : null;
    }

    private static String withoutEscapes(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return TerminalText.hasEscapes(bytes, 0, bytes.length)
                ? new String(
                        bytes, 0, TerminalText.withoutEscapes(bytes, 0, bytes.length, bytes), StandardCharsets.UTF_8)
                : line;
    }

    /** Returns true if the file is certainly the log of another tool. */
    boolean isOther() {
        return other != null;
    }

    @Override
    public String toString() {
        return what() + " Upload the output of a BuildKit build with --progress=plain or --progress=rawjson,"
                + " uncompressed or compressed with gzip.";
    }

    private String what() {
        if (first == null) {
            return "The file is empty.";
        }
        if (first.contains("\\n#") || first.contains("\\n =>")) {
            return "The line ends of the file are written as \\n. Upload the log as the build printed it.";
        }
        if (terminal) {
            return "The file is a part of a terminal view, without any step. Copy all of the view, with its header and"
                    + " the lines below.";
        }
        if (other != null) {
            return other.sentence();
        }
        if (first.chars().anyMatch(c -> (c < ' ' && c != '\t' && c != 0x1b) || c == 0xFFFD)) {
            return "The file is not text.";
        }
        return "The file contains no build step. It begins with: "
                + (first.length() > SHOWN ? first.substring(0, SHOWN) + "…" : first);
    }
}
