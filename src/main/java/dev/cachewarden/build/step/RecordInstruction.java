package dev.cachewarden.build.step;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The instruction that stands in the description of a cache record, which tells the step that made it: builders do not. It is as it was
 * written, while names of steps have variables filled in, or ‹NAME› where a build argument was; so a variable stands for anything.
 *
 * <p>Nothing is told where the description has no instruction, as that of COPY on engines before 23.0 ({@code fileop target}).
 */
public final class RecordInstruction {

    private static final String EXEC = " exec ";
    private static final String CACHE_MOUNT = "cached mount ";

    /** What a shell is told as before its command; {@code SHELL} of the Dockerfile may name another than {@code /bin/sh}. */
    private static final Pattern SHELL = Pattern.compile("^(?:\\S+ ){1,4}?-\\w*c ");

    private static final Pattern OPTIONS = Pattern.compile("^RUN\\s+(?:--\\S+\\s+)*+");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Possessive, so that it takes no stack for each letter: words may be thousands of letters long. */
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");

    /** {@code $NAME}, {@code ${NAME:-other}}. */
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\w+|\\{[^}]*})");

    private static final Pattern REDACTED = Pattern.compile("‹[^›]*›");

    private final String text;

    /** What stands around variables; a single one: there is none. */
    private final List<String> pieces;

    private RecordInstruction(String text) {
        this.text = text;
        this.pieces = text.indexOf('$') < 0 ? List.of(text) : around(VARIABLE, text);
    }

    /** {@code mount / from exec /bin/sh -c make} is {@code make}, {@code [app 2/3] COPY a b} is {@code COPY a b}. */
    public static RecordInstruction of(String description) {
        int exec = description.indexOf(EXEC);
        if (exec >= 0) {
            // What a cache mount holds is not what its step made.
            return new RecordInstruction(
                    description.startsWith(CACHE_MOUNT)
                            ? ""
                            : tidy(SHELL.matcher(description.substring(exec + EXEC.length()))
                                    .replaceFirst("")));
        }
        int bracket = description.startsWith("[") ? description.indexOf("] ") : -1;
        return new RecordInstruction(tidy(bracket < 0 ? description : description.substring(bracket + 2)));
    }

    /** A step's instruction in the same form: of RUN its command alone, without options, its words where it is a list of them. */
    public static String of(StepKind kind, String text) {
        if (kind != StepKind.RUN) {
            return tidy(text);
        }
        String command = OPTIONS.matcher(text).replaceFirst("");
        if (!command.startsWith("[")) {
            return tidy(command);
        }
        String words =
                QUOTED.matcher(command).results().map(word -> word.group(1)).collect(Collectors.joining(" "));
        return tidy(SHELL.matcher(words).replaceFirst(""));
    }

    private static String tidy(String text) {
        String whole = text.strip();
        return isTidy(whole) ? whole : SPACE.matcher(whole).replaceAll(" ");
    }

    /** Almost all are, and there may be a million of them. */
    private static boolean isTidy(String text) {
        boolean space = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter >= '\t' && letter <= '\r' || space && letter == ' ') {
                return false;
            }
            space = letter == ' ';
        }
        return true;
    }

    private static List<String> around(Pattern anything, String text) {
        return List.of(anything.split(text, -1));
    }

    /**
     * Whether a text has these pieces, in this order, from its beginning to its end. No regular expression: with many variables one tries
     * more ways than it ever gets done with.
     */
    private static boolean has(List<String> pieces, String whole) {
        String first = pieces.getFirst();
        String last = pieces.getLast();
        int end = whole.length() - last.length();
        if (end < first.length() || !whole.startsWith(first) || !whole.endsWith(last)) {
            return false;
        }
        int at = first.length();
        for (String piece : pieces.subList(1, pieces.size() - 1)) {
            int found = whole.indexOf(piece, at);
            if (found < 0) {
                return false;
            }
            at = found + piece.length();
        }
        return at <= end;
    }

    /** Empty: the description has none. */
    public String text() {
        return text;
    }

    /** What comes before the first variable. */
    public String beginning() {
        return pieces.getFirst();
    }

    public boolean hasVariable() {
        return pieces.size() > 1;
    }

    /** @param instruction as {@link #of(StepKind, String)} gives it */
    public boolean isOf(String instruction) {
        if (text.isEmpty()) {
            return false;
        }
        if (text.equals(instruction) || (hasVariable() && has(pieces, instruction))) {
            return true;
        }
        var redacted = around(REDACTED, instruction);
        return redacted.size() > 1 && has(redacted, text);
    }
}
