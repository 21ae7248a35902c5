package dev.cachewarden.build.steps;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The instruction in the description of a cache record. It identifies the step that created the record, because builders do not report that
 * step. The description contains the instruction as written. The names of steps contain the values of variables, or ‹NAME› in place of the
 * value of a build argument. Therefore a variable matches any text.
 *
 * <p>The instruction is empty if the description contains none. This applies to COPY on engines before 23.0 ({@code fileop target}).
 */
public final class RecordInstruction {

    private static final String EXEC = " exec ";
    private static final String CACHE_MOUNT = "cached mount ";

    /** The shell with its options before the command. {@code SHELL} in the Dockerfile can select a shell other than {@code /bin/sh}. */
    private static final Pattern SHELL = Pattern.compile("^(?:\\S+ ){1,4}?-\\w*c ");

    private static final Pattern OPTIONS = Pattern.compile("^RUN\\s+(?:--\\S+\\s+)*+");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** A word in quotes. The quantifier is possessive, so that it uses no stack for each letter: words can have thousands of letters. */
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");

    /** A variable: {@code $NAME}, {@code ${NAME:-other}}. */
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\w+|\\{[^}]*})");

    private static final Pattern REDACTED = Pattern.compile("‹[^›]*›");

    private final String text;

    /** The text between variables. There is a single piece if there is no variable. */
    private final List<String> pieces;

    private RecordInstruction(String text) {
        this.text = text;
        this.pieces = text.indexOf('$') < 0 ? List.of(text) : around(VARIABLE, text);
    }

    /**
     * Parses a description: {@code mount / from exec /bin/sh -c make} becomes {@code make}, and {@code [app 2/3] COPY a b} becomes
     * {@code COPY a b}.
     */
    public static RecordInstruction of(String description) {
        int exec = description.indexOf(EXEC);
        if (exec >= 0) {
            // The content of a cache mount is not the result of its step.
            return new RecordInstruction(
                    description.startsWith(CACHE_MOUNT)
                            ? ""
                            : tidy(SHELL.matcher(description.substring(exec + EXEC.length()))
                                    .replaceFirst("")));
        }
        int bracket = description.startsWith("[") ? description.indexOf("] ") : -1;
        return new RecordInstruction(tidy(bracket < 0 ? description : description.substring(bracket + 2)));
    }

    /**
     * Returns the instruction of a step in the same form. For RUN, it is only the command without options. A command that is a list of
     * words is joined with spaces.
     */
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

    /** Returns whether the text contains only single spaces. That is true for almost all texts, and there can be a million of them. */
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
     * Returns whether the text consists of these pieces in this order, with any text between them. A regular expression with many variables
     * would backtrack for practically unlimited time.
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

    /** Returns the instruction, or an empty string if the description contains none. */
    public String text() {
        return text;
    }

    /** Returns the text before the first variable. */
    public String beginning() {
        return pieces.getFirst();
    }

    public boolean hasVariable() {
        return pieces.size() > 1;
    }

    /**
     * Returns whether this is the instruction of a step.
     *
     * @param instruction instruction of the step, as returned by {@link #of(StepKind, String)}
     */
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
