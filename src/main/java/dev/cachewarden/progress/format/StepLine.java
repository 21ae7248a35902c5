package dev.cachewarden.progress.format;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Determines the kind of a step's line from the text after its number. */
final class StepLine {

    /** The kind of the previous line. */
    enum Kind {
        HEADER,
        PRINTED,
        ERROR,
        OTHER
    }

    private StepLine() {}

    /** Returns true if the text reports the end of a vertex. */
    static boolean isEnd(String words) {
        return switch (words) {
            case "CACHED", "DONE", "CANCELED" -> true;
            default -> words.startsWith("ERROR: ") || done(words) != null;
        };
    }

    /** Returns the duration in {@code DONE 1.2s}, or null for another line. */
    static @Nullable Duration done(String words) {
        return words.startsWith("DONE ") ? Figures.seconds(words.substring(5)) : null;
    }

    /** Returns true for the digest of a vertex, which Docker CLI 20.10 prints below each header. The line of a layer is longer. */
    static boolean isDigest(String words) {
        return words.length() == 71
                && words.startsWith("sha256:")
                && words.chars().skip(7).allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /**
     * Returns the instruction after the bracket: {@code RUN make} of {@code [build 2/5] RUN make}. Empty if the name is not of an
     * instruction.
     */
    static String instruction(String name) {
        int end = name.startsWith("[") ? name.indexOf("] ") : -1;
        int slash = end < 0 ? -1 : name.lastIndexOf('/', end);
        boolean place = slash > 1 && isDigit(name.charAt(slash - 1)) && isDigit(name.charAt(slash + 1));
        return place ? name.substring(end + 2) : "";
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * Finds a report directly after output without a line end. Docker CLI up to 20.10 prints such lines: {@code bye#7 DONE 0.1s}, or
     * {@code half a line, #7 ...}.
     *
     * @return start of the report, or -1 if the whole line is output of the step
     */
    static int endsInside(int number, byte[] line, int from, int to) {
        boolean may = to - from >= 6
                && ((line[to - 1] == 's' && Scan.isDigit(line[to - 2]))
                        || (line[to - 1] == '.' && line[to - 2] == '.'));
        int at = to - 5;
        while (may && at >= Math.max(from, to - 32) && line[at] != '#') {
            at--;
        }
        if (!may || at < Math.max(from, to - 32)) {
            return -1;
        }
        String mark = "#" + number + " ";
        String words = Scan.text(line, Math.min(to, at + mark.length()), to);
        return Scan.startsWith(line, at, to, mark) && (words.equals("...") || done(words) != null) ? at : -1;
    }
}
