package dev.cachewarden.progress.plain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a line of a step is, by its words behind the number. */
final class StepLine {

    /** What the line before was. */
    enum Kind {
        HEADER,
        PRINTED,
        ERROR,
        OTHER
    }

    private StepLine() {}

    /** Whether it is how a vertex ends. */
    static boolean isEnd(String words) {
        return switch (words) {
            case "CACHED", "DONE", "CANCELED" -> true;
            default -> words.startsWith("ERROR: ") || done(words) != null;
        };
    }

    /** The time in {@code DONE 1.2s}; null if the line is anything else. */
    static @Nullable Duration done(String words) {
        return words.startsWith("DONE ") ? Figures.seconds(words.substring(5)) : null;
    }

    /** Docker CLI 20.10 puts the digest of the vertex under each header. A layer's line is longer. */
    static boolean isDigest(String words) {
        return words.length() == 71
                && words.startsWith("sha256:")
                && words.chars().skip(7).allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /** The instruction behind the bracket: {@code RUN make} of {@code [build 2/5] RUN make}; empty if the name is of none. */
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
     * Up to Docker CLI 20.10 what comes next stands right behind what was printed, if that had no line end: {@code bye#7 DONE 0.1s}, or
     * {@code half a line, #7 ...}.
     *
     * @return where that begins; -1 if the line is all the step's own
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
