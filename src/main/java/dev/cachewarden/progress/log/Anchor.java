package dev.cachewarden.progress.log;

import dev.cachewarden.progress.format.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds text in a line that only BuildKit prints. The text before it is a prefix of another tool. */
final class Anchor {

    /** The maximum length of a prefix, in bytes. */
    static final int LONGEST_BEFORE = 512;

    private static final int MOST_DIGITS = 5;

    /** The beginnings of names and statuses, in addition to what {@link Dialect} recognizes. */
    private static final List<byte[]> BEGINNINGS = all(
            "transferring ",
            "extracting ",
            "exporting ",
            "importing ",
            "resolve ",
            "resolving ",
            "naming to ",
            "pushing ",
            "writing image ",
            "docker-image://",
            "local://",
            "merging manifest ");

    private static final byte[] VIEW = ascii("[+] Building ");
    private static final byte[] STEP = ascii("=> ");
    private static final List<byte[]> MARKS = all("CACHED ", "ERROR ", "CANCELED ");
    private static final byte[] EXPORTING = ascii("exporting to ");
    private static final List<byte[]> RAW_JSON = all("{\"vertexes\":[", "{\"statuses\":[", "{\"logs\":[");
    private static final List<byte[]> INDENTED_JSON = all("  \"vertexes\": [", "  \"statuses\": [", "  \"logs\": [");

    private Anchor() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static List<byte[]> all(String... texts) {
        return List.of(texts).stream().map(Anchor::ascii).toList();
    }

    /** Returns the position of the text, or -1 if there is none. */
    static int in(byte[] line, int from, int to) {
        int end = Math.min(to, from + LONGEST_BEFORE);
        for (int i = from; i < end; i++) {
            boolean found = switch (line[i]) {
                case '#' -> isFree(line, from, i) && isSure(line, i, to);
                case '[' -> isView(line, i, to);
                case '=' -> isStep(line, i, to);
                case '{' -> begins(RAW_JSON, line, i, to);
                case ' ' -> i > from && begins(INDENTED_JSON, line, i, to);
                default -> false;
            };
            if (found) {
                return line[i] == '#' || line[i] == '{' ? i : ofView(line, from, i);
            }
        }
        return -1;
    }

    /** Returns true if the position does not continue a word. In a JSON string, an escaped line break precedes it. */
    private static boolean isFree(byte[] line, int from, int at) {
        return at == from || !isWord(line[at - 1]) || (at - from > 1 && line[at - 1] == 'n' && line[at - 2] == '\\');
    }

    /** Returns the start of a line of a view. Such lines are indented by one blank, and by more in some copies. */
    private static int ofView(byte[] line, int from, int at) {
        int blanks = at;
        while (blanks > from && line[blanks - 1] == ' ') {
            blanks--;
        }
        return blanks == from ? from : line[at] == '=' && blanks < at ? at - 1 : at;
    }

    /** Returns true if a line begins with the number of a vertex. */
    static boolean isNumbered(byte[] line, int from, int to) {
        int end = afterNumber(line, from, to);
        return end > from && (end == to || line[end] == ' ' || line[end] == '\r');
    }

    /** Returns the number of a vertex at the beginning of a line. */
    static int number(byte[] line, int from, int to) {
        int number = 0;
        for (int i = from + 1; i < afterNumber(line, from, to); i++) {
            number = number * 10 + line[i] - '0';
        }
        return number;
    }

    /** Returns true if a line begins with a number, followed by text of BuildKit. */
    static boolean isSure(byte[] line, int from, int to) {
        int end = afterNumber(line, from, to);
        if (end <= from || end >= to || line[end] != ' ') {
            return false;
        }
        int text = end + 1;
        return isHeading(line, from, to) || begins(BEGINNINGS, line, text, to) || Dialect.isCertain(line, text, to);
    }

    /** Returns true if the line is the first one of a build, or the header of an instruction or of an operation around the instructions. */
    static boolean isHeading(byte[] line, int from, int to) {
        int text = afterNumber(line, from, to) + 1;
        return text > from + 1 && (Dialect.isBuilder(line, text, to) || isBracket(line, text, to));
    }

    /** Returns true for {@code [build 2/5] RUN} and {@code [internal] load}. */
    private static boolean isBracket(byte[] line, int from, int to) {
        if (from >= to || line[from] != '[') {
            return false;
        }
        int end = from + 1;
        while (end < to && end - from < LONGEST_BEFORE && line[end] != ']') {
            end++;
        }
        if (end + 1 >= to || line[end] != ']' || line[end + 1] != ' ') {
            return false;
        }
        return endsWith(line, from, end, "internal") || endsWith(line, from, end, "auth") || isPlace(line, from, end);
    }

    private static boolean endsWith(byte[] line, int from, int end, String word) {
        int start = end - word.length();
        return start > from && Formats.begins(line, start, end, ascii(word));
    }

    private static boolean isPlace(byte[] line, int from, int end) {
        int last = end;
        while (last > from && isDigit(line[last - 1])) {
            last--;
        }
        return last < end && last - 2 > from - 1 && line[last - 1] == '/' && isDigit(line[last - 2]);
    }

    private static boolean isView(byte[] line, int from, int to) {
        int figure = from + VIEW.length;
        return Formats.begins(line, from, to, VIEW) && figure < to && isDigit(line[figure]);
    }

    private static boolean isStep(byte[] line, int from, int to) {
        if (!Formats.begins(line, from, to, STEP)) {
            return false;
        }
        int text = from + STEP.length;
        for (byte[] mark : MARKS) {
            if (Formats.begins(line, text, to, mark)) {
                text += mark.length;
            }
        }
        return isBracket(line, text, to) || Formats.begins(line, text, to, EXPORTING);
    }

    private static boolean begins(List<byte[]> beginnings, byte[] line, int from, int to) {
        for (byte[] beginning : beginnings) {
            if (Formats.begins(line, from, to, beginning)) {
                return true;
            }
        }
        return false;
    }

    private static int afterNumber(byte[] line, int from, int to) {
        if (from >= to || line[from] != '#') {
            return from;
        }
        int end = from + 1;
        while (end < to && end - from <= MOST_DIGITS && isDigit(line[end])) {
            end++;
        }
        return end == from + 1 || end - from > MOST_DIGITS ? from : end;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isWord(byte b) {
        return isDigit(b) || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }
}
