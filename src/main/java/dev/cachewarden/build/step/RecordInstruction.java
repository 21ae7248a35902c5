package dev.cachewarden.build.step;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    private static final Pattern OPTIONS = Pattern.compile("^RUN\\s+(?:--\\S+\\s+)*");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** {@code $NAME}, {@code ${NAME:-other}}. */
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\w+|\\{[^}]*})");

    private static final Pattern REDACTED = Pattern.compile("‹[^›]*›");

    private final String text;
    private final @Nullable Pattern pattern;

    private RecordInstruction(String text) {
        this.text = text;
        this.pattern = VARIABLE.matcher(text).find() ? pattern(text, VARIABLE) : null;
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
        return SPACE.matcher(text.strip()).replaceAll(" ");
    }

    private static Pattern pattern(String text, Pattern anything) {
        var pattern = new StringBuilder();
        int end = 0;
        var found = anything.matcher(text);
        while (found.find()) {
            pattern.append(Pattern.quote(text.substring(end, found.start()))).append(".*");
            end = found.end();
        }
        return Pattern.compile(
                pattern.append(Pattern.quote(text.substring(end))).toString(), Pattern.DOTALL);
    }

    /** Empty: the description has none. */
    public String text() {
        return text;
    }

    /** What comes before the first variable. */
    public String beginning() {
        var variable = VARIABLE.matcher(text);
        return variable.find() ? text.substring(0, variable.start()) : text;
    }

    public boolean hasVariable() {
        return pattern != null;
    }

    /** @param instruction as {@link #of(StepKind, String)} gives it */
    public boolean isOf(String instruction) {
        if (text.isEmpty()) {
            return false;
        }
        return text.equals(instruction)
                || (pattern != null && pattern.matcher(instruction).matches())
                || (REDACTED.matcher(instruction).find()
                        && pattern(instruction, REDACTED).matcher(text).matches());
    }
}
