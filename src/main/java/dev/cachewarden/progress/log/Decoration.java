package dev.cachewarden.progress.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The prefix that a CI system or a tool adds to each line of a log, as a pattern. Its words and signs are fixed. Numbers, names of months
 * and days, and levels may change from line to line. It is learned from one line with a known start of BuildKit's text.
 */
final class Decoration {

    /** The number of parts of a date and a time of day: five each, and one between them. A sign follows. */
    private static final int DATED = 11;

    private static final int MOST_PARTS = 160;
    private static final Set<String> MONTHS =
            Set.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Set<String> DAYS = Set.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Set<String> LEVELS = Set.of(
            "trace",
            "debug",
            "info",
            "notice",
            "warn",
            "warning",
            "error",
            "err",
            "fatal",
            "critical",
            "severe",
            "stdout",
            "stderr",
            "out");

    private enum Kind {
        /** Digits, with or without a fraction, and blanks that align them. */
        NUMBER,
        BLANKS,
        WORD,
        MONTH,
        DAY,
        LEVEL,
        /** A word that changes from line to line. */
        ANY_WORD,
        SIGN
    }

    private record Part(Kind kind, byte[] text) {

        boolean sameAs(Part other) {
            return kind == other.kind && (!isFixed() || Arrays.equals(text, other.text));
        }

        boolean isFixed() {
            return kind == Kind.WORD || kind == Kind.SIGN;
        }
    }

    private final List<Part> parts;

    /** The number of blanks between the prefix and the line. */
    private final int blanks;

    /** True if the line is in quotes, as a field of a line in JSON. */
    private final boolean quoted;

    private final Closing closing;

    private Decoration(List<Part> parts, int blanks, boolean quoted, Closing closing) {
        this.parts = parts;
        this.blanks = blanks;
        this.quoted = quoted;
        this.closing = closing;
    }

    /**
     * Learns the prefix of a line.
     *
     * @param to start of the line itself
     * @param lineEnd end of the line
     */
    static Decoration of(byte[] line, int from, int to, int lineEnd) {
        int end = to;
        while (end > from && isBlank(line[end - 1])) {
            end--;
        }
        List<Part> parts = new ArrayList<>();
        int at = from;
        while (at < end && parts.size() < MOST_PARTS) {
            int next = afterPart(line, at, end);
            parts.add(part(parts, Arrays.copyOfRange(line, at, next)));
            at = next;
        }
        return new Decoration(
                parts, to - end, end == to && end > from && line[end - 1] == '"', Closing.of(line, from, to, lineEnd));
    }

    private static int afterPart(byte[] line, int from, int to) {
        byte first = line[from];
        if (isDigit(first)) {
            return afterNumber(line, from, to);
        }
        int at = from + 1;
        if (isLetter(first)) {
            while (at < to && isLetter(line[at])) {
                at++;
            }
        } else if (isBlank(first)) {
            at = afterBlanks(line, from, to);
        }
        return at;
    }

    private static Part part(List<Part> before, byte[] text) {
        if (isDigit(text[0])) {
            return new Part(isOfName(before) ? Kind.WORD : Kind.NUMBER, text);
        }
        if (isBlank(text[0])) {
            return new Part(Kind.BLANKS, text);
        }
        return new Part(isLetter(text[0]) ? kind(text) : Kind.SIGN, text);
    }

    /**
     * Returns true for the number in a name, such as {@code web-1} or {@code node2}. It is fixed, because {@code web-2} is another source.
     */
    private static boolean isOfName(List<Part> before) {
        int last = before.size() - 1;
        if (last > 0 && before.get(last).kind == Kind.SIGN && "-_".indexOf(before.get(last).text[0]) >= 0) {
            last--;
        }
        return last >= 0
                && before.get(last).kind == Kind.WORD
                && before.get(last).text.length > 1
                && isLetter(before.get(last).text[0]);
    }

    private static Kind kind(byte[] word) {
        String lower = new String(word, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (MONTHS.contains(lower)) {
            return Kind.MONTH;
        }
        if (DAYS.contains(lower)) {
            return Kind.DAY;
        }
        return LEVELS.contains(lower) ? Kind.LEVEL : Kind.WORD;
    }

    /** Returns true if lines have no prefix. */
    boolean isNone() {
        return parts.isEmpty() && blanks == 0;
    }

    private boolean isDated() {
        int first = !parts.isEmpty() && parts.getFirst().kind == Kind.SIGN ? 1 : 0;
        return parts.size() > first + DATED
                && parts.get(first).kind == Kind.NUMBER
                && parts.get(first).text.length == 4;
    }

    /**
     * Returns the part of this prefix after another one, if it begins with a date and a time of day. Returns null if this prefix does not
     * begin with the other one, or no time follows.
     */
    @Nullable
    Decoration timeAfter(Decoration other) {
        int from = other.parts.size() + (other.blanks > 0 ? 1 : 0);
        if (parts.size() < from) {
            return null;
        }
        for (int i = 0; i < other.parts.size(); i++) {
            if (!parts.get(i).sameAs(other.parts.get(i))) {
                return null;
            }
        }
        var time = new Decoration(parts.subList(from, parts.size()), blanks, quoted, closing);
        return time.isDated() ? time : null;
    }

    /** Returns the end of a line without its closing signs, such as the bar of a table. */
    int end(byte[] line, int from, int to) {
        return closing.end(line, from, to);
    }

    boolean isQuoted() {
        return quoted;
    }

    /**
     * Compares two prefixes. Returns the index of the only different word, -1 if they are equal, or -2 if there are other differences.
     */
    int differsFrom(Decoration other) {
        if (parts.size() != other.parts.size() || blanks != other.blanks || quoted != other.quoted) {
            return -2;
        }
        int differs = -1;
        for (int i = 0; i < parts.size(); i++) {
            var one = parts.get(i);
            if (!one.sameAs(other.parts.get(i))) {
                boolean words = one.kind == Kind.WORD && other.parts.get(i).kind == Kind.WORD;
                if (!words || differs >= 0) {
                    return -2;
                }
                differs = i;
            }
        }
        return differs;
    }

    /** Returns a copy that accepts any word at a place. */
    Decoration withAny(int place) {
        var loose = new ArrayList<>(parts);
        loose.set(place, new Part(Kind.ANY_WORD, parts.get(place).text));
        return new Decoration(loose, blanks, quoted, closing);
    }

    /**
     * Returns the start of the line after the prefix, or -1 if the line does not have this prefix. An empty line may lack the last blanks.
     */
    int after(byte[] line, int from, int to) {
        int at = from;
        int lastWord = 0;
        boolean aligned = false;
        for (int i = 0; i < parts.size(); i++) {
            int next = after(parts.get(i), line, at, to);
            if (next < 0) {
                return -1;
            }
            var kind = parts.get(i).kind;
            aligned = kind == Kind.LEVEL || kind == Kind.ANY_WORD;
            lastWord = aligned ? next - at - parts.get(i).text.length : 0;
            at = next;
        }
        int text = afterBlanks(line, at, to);
        if (text == to) {
            return Math.min(to, at + blanks);
        }
        // A tool may pad words of different lengths to one width.
        int filled = blanks - lastWord;
        if (aligned && lastWord != 0 && filled > 0 && text - at >= filled && blanks > 1) {
            return at + filled;
        }
        int needed = aligned && lastWord > 0 && blanks > 1 ? 1 : blanks;
        return text - at >= needed ? at + needed : -1;
    }

    private static int after(Part part, byte[] line, int from, int to) {
        return switch (part.kind) {
            case BLANKS -> afterBlanks(line, from, to);
            case NUMBER -> {
                int digits = afterBlanks(line, from, to);
                int end = afterNumber(line, digits, to);
                yield end == digits ? -1 : end;
            }
            case WORD, SIGN -> Formats.begins(line, from, to, part.text) ? from + part.text.length : -1;
            case MONTH, DAY, LEVEL -> {
                int end = afterWord(line, from, to);
                boolean same = end > from && kind(Arrays.copyOfRange(line, from, end)) == part.kind;
                yield same ? end : -1;
            }
            case ANY_WORD -> {
                int end = afterAlphanumeric(line, from, to);
                yield end == from ? -1 : end;
            }
        };
    }

    private static int afterBlanks(byte[] line, int from, int to) {
        int at = from;
        while (at < to && isBlank(line[at])) {
            at++;
        }
        return at;
    }

    private static int afterWord(byte[] line, int from, int to) {
        int at = from;
        while (at < to && at - from < 10 && isLetter(line[at])) {
            at++;
        }
        return at;
    }

    private static int afterAlphanumeric(byte[] line, int from, int to) {
        int at = from;
        while (at < to && (isLetter(line[at]) || isDigit(line[at]))) {
            at++;
        }
        return at;
    }

    private static int afterNumber(byte[] line, int from, int to) {
        int at = from;
        while (at < to && isDigit(line[at])) {
            at++;
        }
        boolean fraction = at > from && at + 1 < to && (line[at] == '.' || line[at] == ',') && isDigit(line[at + 1]);
        if (!fraction) {
            return at;
        }
        at++;
        while (at < to && isDigit(line[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Returns true for ASCII letters, and for all bytes outside ASCII. */
    private static boolean isLetter(byte b) {
        return b < 0 || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }
}
