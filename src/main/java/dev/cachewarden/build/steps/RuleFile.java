package dev.cachewarden.build.steps;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cachewarden.build.steps.StepRule.Where;
import dev.cachewarden.buildcache.PatternSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The YAML format of class rules. */
final class RuleFile {

    private static final String STANDARD = "step-rules.yml";
    private static final Map<String, Where> WHERE =
            Map.of("run", Where.RUN, "copy", Where.COPY, "copyFrom", Where.COPY_FROM, "text", Where.TEXT);

    /** The maximum number of patterns. Users write custom rules of projects, and each pattern is tested on each step. */
    private static final int MOST_PATTERNS = 1_000;

    private static final int LONGEST_PATTERN = 2_000;

    /** The maximum number of compiled instructions of one pattern, and of all patterns of a project. */
    private static final long LARGEST_PATTERN = 5_000;

    private static final long LARGEST_RULES = 50_000;

    private RuleFile() {}

    static StepRules standard() {
        return new StepRules(parse(standardText()));
    }

    static String standardText() {
        try (var file = RuleFile.class.getResourceAsStream(STANDARD)) {
            byte[] text = Objects.requireNonNull(file, STANDARD).readAllBytes();
            return new String(text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<StepRule> parse(String yaml) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(10);
        options.setNestingDepthLimit(10);
        Object read;
        try {
            read = new Yaml(new SafeConstructor(options)).load(yaml);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("The rules are not valid YAML: " + e.getMessage(), e);
        }
        if (!(read instanceof Map<?, ?> all) || !(all.get("rules") instanceof List<?> written)) {
            throw new IllegalArgumentException("The rules must be a list named 'rules'");
        }
        List<StepRule> rules = new ArrayList<>();
        for (Object rule : written) {
            if (!(rule instanceof Map<?, ?> parts)) {
                throw new IllegalArgumentException(
                        "Rule " + (rules.size() + 1) + " must have a class, a reason and patterns");
            }
            read(parts, rules);
        }
        long size = rules.stream()
                .mapToLong(rule -> PatternSize.of(rule.pattern().pattern()))
                .sum();
        if (size > LARGEST_RULES) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "The patterns are too complex: expanded, their repetitions together have more than %,d parts",
                    LARGEST_RULES));
        }
        return rules;
    }

    private static void read(Map<?, ?> parts, List<StepRule> rules) {
        var stepClass = stepClass(parts.get("class"));
        String reason = text(parts.get("reason"), "A rule of class " + stepClass + " has no reason");
        boolean none = true;
        for (var part : parts.entrySet()) {
            if (part.getKey().equals("class") || part.getKey().equals("reason")) {
                continue;
            }
            var where = WHERE.get(String.valueOf(part.getKey()));
            if (where == null) {
                throw new IllegalArgumentException(
                        "A rule can have class, reason, run, copy, copyFrom and text, but not '" + part.getKey() + "'");
            }
            for (Object pattern : part.getValue() instanceof List<?> list ? list : Arrays.asList(part.getValue())) {
                rules.add(new StepRule(where, pattern(pattern, where), stepClass, reason));
                none = false;
            }
        }
        if (none || rules.size() > MOST_PATTERNS) {
            throw new IllegalArgumentException(
                    none
                            ? "A rule of class " + stepClass + " has no pattern"
                            : String.format(Locale.ROOT, "There are more than %,d patterns", MOST_PATTERNS));
        }
    }

    private static StepClass stepClass(@Nullable Object written) {
        for (var known : StepClass.values()) {
            if (known.name().equals(written)) {
                return known;
            }
        }
        throw new IllegalArgumentException(
                "'" + written + "' is not a class; use one of " + Arrays.toString(StepClass.values()));
    }

    private static Pattern pattern(@Nullable Object written, Where where) {
        String pattern = text(written, "A pattern is empty");
        if (pattern.length() > LONGEST_PATTERN) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "A pattern must be at most %,d characters", LONGEST_PATTERN));
        }
        if (PatternSize.of(pattern) > LARGEST_PATTERN) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "'%s' is too complex: expanded, its repetitions have more than %,d parts",
                    pattern,
                    LARGEST_PATTERN));
        }
        try {
            int flags = where == Where.TEXT ? Pattern.DOTALL : Pattern.DOTALL | Pattern.CASE_INSENSITIVE;
            return Pattern.compile(pattern, flags);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is not a valid RE2 regular expression: " + e.getMessage(), e);
        }
    }

    private static String text(@Nullable Object written, String otherwise) {
        if (!(written instanceof String text) || text.isBlank()) {
            throw new IllegalArgumentException(otherwise);
        }
        return text;
    }
}
