package dev.cachewarden.build.intake;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.text.Secrets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The removal of secrets before a build is stored: of the values of build arguments, and of all text that looks like a secret. BuildKit
 * writes the values into the names of steps, and builds print them. Each value is replaced with {@code ‹NAME›}, so that a step has the same
 * text for any value.
 */
final class Redaction {

    /**
     * The minimum length of a redacted value. Shorter values, such as {@code 1} or {@code on}, are not secrets, and are parts of many
     * words.
     */
    private static final int SHORTEST = 3;

    /** The maximum length of values that are redacted only if they are whole words. */
    private static final int SHORT = 7;

    /** The redaction for builds whose build arguments are unknown. */
    static final Redaction WITHOUT_ARGUMENTS = new Redaction(List.of());

    private static final Pattern USER_IN_ADDRESS = Pattern.compile("(?<=://)[^/@\\s]+@");

    private final List<Value> values;

    private record Value(Pattern pattern, String replacement) {}

    private Redaction(List<Value> values) {
        this.values = values;
    }

    /**
     * Creates a redaction.
     *
     * @param arguments values by argument name
     */
    public static Redaction of(Map<String, String> arguments) {
        var values = new ArrayList<Value>();
        arguments.entrySet().stream()
                .filter(argument -> argument.getValue().strip().length() >= SHORTEST)
                // A value that is part of a longer value is replaced after it.
                .sorted(Comparator.<Map.Entry<String, String>>comparingInt(
                                argument -> argument.getValue().length())
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(argument -> values.add(value(argument.getKey(), argument.getValue())));
        return new Redaction(List.copyOf(values));
    }

    private static Value value(String name, String value) {
        String quoted = Pattern.quote(value);
        String pattern = value.length() > SHORT ? quoted : "(?<![\\w])" + quoted + "(?![\\w])";
        return new Value(Pattern.compile(pattern), Matcher.quoteReplacement("‹" + name + "›"));
    }

    public String text(String text) {
        String redacted = text;
        for (var value : values) {
            redacted = value.pattern().matcher(redacted).replaceAll(value.replacement());
        }
        return Secrets.redact(redacted);
    }

    public @Nullable String textOrNull(@Nullable String text) {
        return text == null ? null : text(text);
    }

    /** Returns the progress without the values and without secrets. */
    public BuildProgress progress(BuildProgress progress) {
        return new BuildProgress(
                progress.target(),
                progress.vertices().stream().map(this::vertex).toList(),
                progress.warnings().stream()
                        .map(warning -> new BuildProgress.Warning(
                                warning.vertex(), text(warning.text()), warning.url(), warning.line()))
                        .toList(),
                textOrNull(progress.failure()),
                progress.gaps(),
                progress.span());
    }

    private Vertex vertex(Vertex vertex) {
        return new Vertex(
                vertex.id(),
                text(vertex.name()),
                vertex.inputs(),
                vertex.state(),
                vertex.runs(),
                vertex.duration(),
                textOrNull(vertex.error()),
                vertex.statuses(),
                text(vertex.log()),
                vertex.logCut());
    }

    /** Returns a URL without the user name, password, or token that it may contain. */
    public static String address(String address) {
        return USER_IN_ADDRESS.matcher(address).replaceAll("");
    }
}
