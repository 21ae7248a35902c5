package dev.cachewarden.build.steps;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.cachewarden.progress.ProgressLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules that classify instructions. The first rule that matches decides. {@code step-rules.yml} defines the standard rules, and a
 * project can put custom rules before them. The patterns are RE2 regular expressions, which always run in linear time.
 */
public final class StepRules {

    /**
     * The maximum number of cached results, which take some hundred bytes each. Builds repeat their steps, and there are many rules. The
     * least recently used results are dropped first.
     */
    private static final int KEPT = 256;

    private static final int KEPT_STANDARD = 16_384;
    private static final int LONGEST_KEPT = 1_024;

    private static final StepRules STANDARD = new StepRules(RuleFile.standard().rules, KEPT_STANDARD);
    private static final int LONGEST_SHOWN = 80;

    /**
     * The maximum length of a text that rules are tested on, equal to the maximum length of names in any build. Instructions of Dockerfiles
     * rarely reach a tenth of it.
     */
    private static final int LONGEST_TEXT = ProgressLimits.DEFAULT.text();

    private final List<StepRule> rules;
    private final Map<Instruction, Classified> kept;

    private record Instruction(StepKind kind, String text) {}

    StepRules(List<StepRule> rules) {
        this(rules, KEPT);
    }

    private StepRules(List<StepRule> rules, int kept) {
        this.rules = List.copyOf(rules);
        this.kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Instruction, Classified> eldest) {
                return size() > kept;
            }
        });
    }

    /** Returns the standard rules of Cachewarden. */
    public static StepRules standard() {
        return STANDARD;
    }

    /** Returns the text of the standard rules, including the description of the format. */
    public static String standardText() {
        return RuleFile.standardText();
    }

    /**
     * Parses rules in YAML, in the format of {@code step-rules.yml}.
     *
     * @throws IllegalArgumentException if the format is invalid; the message explains to users what to change
     */
    public static StepRules parse(String yaml) {
        return new StepRules(RuleFile.parse(yaml));
    }

    /** Returns these rules, preceded by the custom rules of a project. */
    public StepRules after(StepRules own) {
        List<StepRule> all = new ArrayList<>(own.rules);
        all.addAll(rules);
        return new StepRules(all);
    }

    /**
     * A class with its reason.
     *
     * @param why reason in words
     */
    public record Classified(StepClass stepClass, String why) {}

    /**
     * Classifies an instruction.
     *
     * @param text instruction without stage and number
     */
    public Classified classify(StepKind kind, String text) {
        return switch (kind) {
            case RUN, COPY, ADD, WORKDIR, OTHER_INSTRUCTION -> known(kind, text);
            case FROM -> new Classified(StepClass.BASE_IMAGE, "FROM pulls a base image");
            case TRANSFER -> new Classified(StepClass.TRANSFER, "Sends files to the builder, or makes it fetch them");
            case EXPORT -> new Classified(StepClass.EXPORT, "Exports the result");
            case CACHE_EXPORT -> new Classified(StepClass.CACHE_EXPORT, "Exports the cache");
            case CACHE_IMPORT -> new Classified(StepClass.CACHE_IMPORT, "Imports a cache");
            case METADATA -> new Classified(StepClass.INTERNAL, "Queries a registry");
            case INTERNAL ->
                new Classified(
                        StepClass.INTERNAL,
                        VertexName.isOfBuildKit(text)
                                ? "Internal step of BuildKit"
                                : "Unknown instruction, treated as an internal step of BuildKit");
        };
    }

    private Classified known(StepKind kind, String text) {
        if (text.length() > LONGEST_KEPT) {
            return byRules(kind, text);
        }
        var instruction = new Instruction(kind, text);
        var known = kept.get(instruction);
        if (known == null) {
            known = byRules(kind, text);
            kept.put(instruction, known);
        }
        return known;
    }

    private Classified byRules(StepKind kind, String text) {
        String looked = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text;
        boolean copies = kind == StepKind.COPY || kind == StepKind.ADD;
        var commands = kind == StepKind.RUN ? Commands.of(looked) : List.<String>of();
        var files = copies ? CopiedFiles.of(looked) : null;
        for (var rule : rules) {
            String matched = switch (rule.where()) {
                case RUN -> matchedCommand(rule.pattern(), commands);
                case COPY -> files == null || files.from() != null ? null : matchedAll(rule.pattern(), files);
                case COPY_FROM -> files == null || files.from() == null ? null : matchedAll(rule.pattern(), files);
                case TEXT -> matchedPart(rule.pattern(), looked);
            };
            if (matched != null) {
                return new Classified(rule.stepClass(), shown(matched) + " " + rule.reason());
            }
        }
        return new Classified(
                StepClass.SETUP, kind == StepKind.RUN ? unknown(looked) : "Creates a directory or changes a setting");
    }

    /**
     * Returns the reason for an unknown instruction. BuildKit shows only the first line of a heredoc, and not even that line if the heredoc
     * names its shell.
     */
    private static String unknown(String text) {
        return (Commands.hasHeredoc(text)
                        ? "No rule matches its first line, and BuildKit shows only that line"
                        : "No rule matches its commands")
                + ": treated as setup of directories, users, and the like";
    }

    private static @Nullable String matchedCommand(Pattern pattern, List<String> commands) {
        for (String command : commands) {
            Matcher matcher = pattern.matcher(command);
            if (matcher.lookingAt()) {
                return matcher.group();
            }
        }
        return null;
    }

    private static @Nullable String matchedAll(Pattern pattern, CopiedFiles files) {
        for (String source : files.withoutCompanions()) {
            if (!pattern.matches(source)) {
                return null;
            }
        }
        return files.sources().isEmpty() ? null : String.join(" ", files.sources());
    }

    private static @Nullable String matchedPart(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group() : null;
    }

    private static String shown(String matched) {
        return matched.length() <= LONGEST_SHOWN ? matched : matched.substring(0, LONGEST_SHOWN) + "…";
    }
}
