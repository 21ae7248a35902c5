package dev.cachewarden.progress.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The closing signs that a table, a box, or a code mark adds after each line, in addition to the signs before it: {@code | #7 DONE 1.2s |}.
 *
 * @param signs from the outermost to the innermost
 */
record Closing(List<byte[]> signs) {

    private static final Closing NONE = new Closing(List.of());

    private static final List<byte[]> SIGNS =
            List.of(utf8("|"), utf8("`"), utf8("\u2502"), utf8("\u2503"), utf8("\u2551"), utf8("\u00a6"));

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Learns the closing signs from a line.
     *
     * @param text start of the line itself, after its prefix
     */
    static Closing of(byte[] line, int from, int text, int to) {
        List<byte[]> signs = new ArrayList<>();
        int end = to;
        for (int i = from; i < text; i++) {
            for (byte[] sign : SIGNS) {
                int before = Formats.begins(line, i, text, sign) ? before(line, text, end, sign) : -1;
                if (before >= 0) {
                    signs.add(sign);
                    end = before;
                }
            }
        }
        return signs.isEmpty() ? NONE : new Closing(List.copyOf(signs));
    }

    /** Returns the end of a line without the closing signs. */
    int end(byte[] line, int from, int to) {
        int end = to;
        for (byte[] sign : signs) {
            int before = before(line, from, end, sign);
            if (before < 0) {
                return end;
            }
            end = before;
        }
        return end;
    }

    /** Returns the end of the text before a closing sign and the blanks around it, or -1 if the text does not end with the sign. */
    private static int before(byte[] line, int from, int to, byte[] sign) {
        int end = withoutBlanks(line, from, to);
        int begin = end - sign.length;
        return begin >= from && Formats.begins(line, begin, end, sign) ? withoutBlanks(line, from, begin) : -1;
    }

    private static int withoutBlanks(byte[] line, int from, int to) {
        int end = to;
        while (end > from && (line[end - 1] == ' ' || line[end - 1] == '\t' || line[end - 1] == '\r')) {
            end--;
        }
        return end;
    }
}
