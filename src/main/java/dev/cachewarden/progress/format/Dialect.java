package dev.cachewarden.progress.format;

import dev.cachewarden.progress.TargetName;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A dialect of BuildKit's plain progress: what a version prints after the number of a step. No text has different meanings in two
 * dialects. A log is therefore read in all dialects at once, regardless of the client that wrote it.
 */
@SuppressWarnings("ImmutableEnumChecker") // List.of makes its lists so.
public enum Dialect {

    /** The dialect of buildx. Since 0.11, step 0 describes the builder at the start of each build, and only printed steps have numbers. */
    BUILDX(
            List.of("#0 building with ", "#1 [internal] load "),
            List.of("ERROR: ", "WARN: ", "DONE "),
            List.of("CACHED", "DONE", "CANCELED", "...")) {

        @Override
        @Nullable
        Line parse(String words, boolean belowHeader) {
            return switch (words) {
                case "CACHED" -> new Ended(VertexState.CACHED, null, null);
                case "CANCELED" -> new Ended(VertexState.CANCELED, null, null);
                case "DONE" -> new Ended(VertexState.DONE, null, null);
                case "..." -> new Interrupted();
                default -> {
                    if (words.startsWith("ERROR: ")) {
                        yield new Ended(VertexState.FAILED, null, words.substring(7));
                    }
                    if (words.startsWith("WARN: ")) {
                        yield new Warned(words.substring(6));
                    }
                    var duration = done(words);
                    yield duration == null ? null : new Ended(VertexState.DONE, duration, null);
                }
            };
        }

        @Override
        int output(byte[] line, int from, int to) {
            return Scan.afterTimestamp(line, from, to);
        }
    },

    /**
     * The dialect of Docker CLI 19.03 and 20.10. It prints the digest of a step below its header. After output without a line end, it
     * prints the report on the same line: {@code bye#7 DONE 0.1s}, or {@code half a line, #7 ...}.
     */
    DOCKER_20_10(List.of("#2 [internal] load .dockerignore"), List.of("sha256:"), List.of()) {

        private static final int DIGEST = 71;
        private static final int LONGEST_REPORT = 32;

        @Override
        @Nullable
        Line parse(String words, boolean belowHeader) {
            // The line of a layer is longer.
            boolean digest = belowHeader
                    && words.length() == DIGEST
                    && words.startsWith("sha256:")
                    && words.chars().skip(7).allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
            return digest ? new Identified(words) : null;
        }

        @Override
        int reportInside(int number, byte[] line, int from, int to) {
            boolean may = to - from >= 6
                    && ((line[to - 1] == 's' && Scan.isDigit(line[to - 2]))
                            || (line[to - 1] == '.' && line[to - 2] == '.'));
            int first = Math.max(from, to - LONGEST_REPORT);
            int at = to - 5;
            while (may && at >= first && line[at] != '#') {
                at--;
            }
            if (!may || at < first) {
                return -1;
            }
            String mark = "#" + number + " ";
            String words = Scan.text(line, Math.min(to, at + mark.length()), to);
            return Scan.startsWith(line, at, to, mark) && (words.equals("...") || done(words) != null) ? at : -1;
        }
    },

    /**
     * The dialect of Docker CLI 18.09. It prints the changes of a step key by key: {@code digest: sha256:…}. The keys end in one column. A
     * header contains only the beginning of a long name.
     */
    DOCKER_18_09(List.of(), List.of(), List.of()) {

        @Override
        @Nullable
        Line parse(String words, boolean belowHeader) {
            if (!words.startsWith("  ")) {
                return null;
            }
            String change = words.strip();
            int colon = change.indexOf(": ");
            String value = change.substring(colon + 1).strip();
            return switch (change.substring(0, Math.max(0, colon))) {
                case "digest" -> new Identified(value);
                case "name" -> new Changed(step -> step.wholeName = GoText.unquoted(value));
                case "started" -> new Changed(step -> step.startedAt(GoText.time(value)));
                case "completed" -> new Changed(step -> step.completedAt(GoText.time(value)));
                case "cached" -> new Changed(step -> step.cached = value.equals("true"));
                case "error" -> new Changed(step -> step.error = GoText.unquoted(value));
                // The duration follows from the two times.
                default -> new Changed(null);
            };
        }
    };

    private static final Dialect[] ALL = values();
    private static final String BUILDER = "building with ";
    private static final int MOST_FIRST = 4;

    private final List<String> firstLines;
    private final List<String> beginnings;
    private final List<String> reports;

    /**
     * @param firstLines beginnings of the first line of a log
     * @param beginnings beginnings of texts after a number that only BuildKit prints
     * @param reports complete texts after a number that only BuildKit prints
     */
    Dialect(List<String> firstLines, List<String> beginnings, List<String> reports) {
        this.firstLines = firstLines;
        this.beginnings = beginnings;
        this.reports = reports;
    }

    /** The meaning of a text after the number of a step. */
    sealed interface Line {}

    /** The end of a step. */
    record Ended(
            VertexState state,
            @Nullable Duration duration,
            @Nullable String error) implements Line {}

    /** The end of a block: another step follows, although this one may still run. */
    record Interrupted() implements Line {}

    record Warned(String text) implements Line {}

    record Identified(String digest) implements Line {}

    /** @param change change of the step, or null if it needs none */
    record Changed(@Nullable Consumer<Step> change) implements Line {}

    /**
     * Returns the meaning of a text after a number, or null if it has none in this dialect.
     *
     * @param belowHeader true if the previous line is the header of the step
     */
    abstract @Nullable Line parse(String words, boolean belowHeader);

    /** Returns the start of the output of a step after its time, or -1 if the text is not output. */
    int output(byte[] line, int from, int to) {
        return -1;
    }

    /** Returns the start of a report after output on the same line, or -1 if there is none. */
    int reportInside(int number, byte[] line, int from, int to) {
        return -1;
    }

    /** Returns the meaning of a text after a number, or null for the name of a step or a status. */
    static @Nullable Line lineOf(String words, boolean belowHeader) {
        for (var dialect : ALL) {
            var line = dialect.parse(words, belowHeader);
            if (line != null) {
                return line;
            }
        }
        return null;
    }

    /** Returns the start of the output of a step, or -1 if the text is not output. */
    static int outputOf(byte[] line, int from, int to) {
        for (var dialect : ALL) {
            int output = dialect.output(line, from, to);
            if (output >= 0) {
                return output;
            }
        }
        return -1;
    }

    /** Returns the start of a report after output on the same line, or -1 if the whole line is output of the step. */
    static int reportIn(int number, byte[] line, int from, int to) {
        for (var dialect : ALL) {
            int report = dialect.reportInside(number, line, from, to);
            if (report >= 0) {
                return report;
            }
        }
        return -1;
    }

    private static @Nullable Duration done(String words) {
        return words.startsWith("DONE ") ? Figures.seconds(words.substring(5)) : null;
    }

    /** Returns true for {@code building with "default" instance using docker driver}, the text after the number of the first line. */
    public static boolean isBuilder(byte[] line, int from, int to) {
        return Scan.startsWith(line, from, to, BUILDER);
    }

    /** Returns true if the text of step 0 describes the builder. */
    static boolean isBuilder(String words) {
        return words.startsWith(BUILDER);
    }

    /** Returns true if only buildx since 0.11 has a step with this name, so that only printed steps have numbers. */
    static boolean isOfBuildx(String name) {
        return TargetName.isOfBake(name);
    }

    /**
     * Returns true if a line can be the header of the first step of a build. Docker CLI 20.10 may begin with step 2 or 3. Reports of an end
     * and the changes of Docker CLI 18.09 are not names.
     */
    static boolean mayBeFirst(int number, String words) {
        return number <= MOST_FIRST && !isEnd(words) && !words.startsWith(" ");
    }

    /** Returns true if a text reports the end of a step. */
    static boolean isEnd(String words) {
        return lineOf(words, false) instanceof Ended;
    }

    /** Returns true if a line begins a log. */
    public static boolean isFirst(byte[] line, int from, int to) {
        for (var dialect : ALL) {
            if (startsWithAny(line, from, to, dialect.firstLines)) {
                return true;
            }
        }
        return false;
    }

    /** Returns true if only BuildKit prints such a text after a number. Names of steps are not among these texts. */
    public static boolean isCertain(byte[] line, int from, int to) {
        for (var dialect : ALL) {
            if (startsWithAny(line, from, to, dialect.beginnings) || isAny(line, from, to, dialect.reports)) {
                return true;
            }
        }
        int output = from < to && Scan.isDigit(line[from]) ? outputOf(line, from, to) : -1;
        return output >= 0 && line[output - 1] == ' ';
    }

    private static boolean startsWithAny(byte[] line, int from, int to, List<String> texts) {
        for (String text : texts) {
            if (Scan.startsWith(line, from, to, text)) {
                return true;
            }
        }
        return false;
    }

    /** Returns true for a report at the end of a line. If the line is a field of another line, that one continues. */
    private static boolean isAny(byte[] line, int from, int to, List<String> reports) {
        for (String report : reports) {
            int end = from + report.length();
            if (Scan.startsWith(line, from, to, report) && (end >= to || " \r\t\\\"".indexOf(line[end]) >= 0)) {
                return true;
            }
        }
        return false;
    }
}
