package dev.cachewarden.build.intake;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressWarning;
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
 * Takes secrets out of what is stored of a build: the values of build arguments, which BuildKit writes into the names of steps and builds
 * print, and what looks like a secret. In their place stands {@code ‹NAME›}, so that a step has the same text whatever the value.
 */
final class Redaction {

    /** Shorter values, such as {@code 1} or {@code on}, are no secrets, and are parts of many words. */
    private static final int SHORTEST = 3;

    /** Up to this length a value is only taken out where it stands as a word of its own. */
    private static final int SHORT = 7;

    /** Where no build arguments are known. */
    static final Redaction WITHOUT_ARGUMENTS = new Redaction(List.of());

    private static final Pattern USER_IN_ADDRESS = Pattern.compile("(?<=://)[^/@\\s]+@");

    private final List<Value> values;

    private record Value(Pattern pattern, String replacement) {}

    private Redaction(List<Value> values) {
        this.values = values;
    }

    /** @param arguments name and value of each */
    public static Redaction of(Map<String, String> arguments) {
        var values = new ArrayList<Value>();
        arguments.entrySet().stream()
                .filter(argument -> argument.getValue().strip().length() >= SHORTEST)
                // What is part of a longer value goes after that.
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

    /** All that BuildKit said, without the values and secrets. */
    public BuildProgress progress(BuildProgress progress) {
        return new BuildProgress(
                progress.target(),
                progress.vertices().stream().map(this::vertex).toList(),
                progress.warnings().stream()
                        .map(warning -> new ProgressWarning(
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

    /** An address without the name and password or token that it may carry. */
    public static String address(String address) {
        return USER_IN_ADDRESS.matcher(address).replaceAll("");
    }
}
