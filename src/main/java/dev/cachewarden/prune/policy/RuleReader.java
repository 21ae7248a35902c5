package dev.cachewarden.prune.policy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.CeilingInput;
import dev.cachewarden.prune.RuleInput;
import dev.cachewarden.prune.plan.Ceiling;
import dev.cachewarden.prune.plan.PruneRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads rules and ceilings as people write them. */
public final class RuleReader {

    private static final int MOST_RULES = 50;
    private static final int MOST_TYPES = 20;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private RuleReader() {}

    /** Reads those rules that are good; what is wrong with the others is noted. */
    public static List<PruneRule> rules(List<RuleInput> inputs, InputProblems problems) {
        if (inputs.isEmpty()) {
            problems.add("rules", "is empty; a plan needs at least one rule");
        }
        if (inputs.size() > MOST_RULES) {
            problems.add("rules", "has " + inputs.size() + " rules; " + MOST_RULES + " are the most");
            return List.of();
        }
        var rules = new ArrayList<PruneRule>();
        for (int i = 0; i < inputs.size(); i++) {
            var rule = rule("rules[" + i + "]", inputs.get(i), problems);
            if (rule != null) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private static @Nullable PruneRule rule(String at, RuleInput input, InputProblems problems) {
        var types = types(at + ".types", input.types(), problems);
        var unusedFor = problems.read(at + ".unusedFor", input.unusedFor(), Durations::parse);
        var max = problems.read(at + ".maxUsedSpace", input.maxUsedSpace(), ByteSize::parse);
        var reserved = problems.read(at + ".reservedSpace", input.reservedSpace(), ByteSize::parse);
        if (unusedFor != null && unusedFor.compareTo(PruneRule.LONGEST) > 0) {
            problems.add(at + ".unusedFor", "'" + input.unusedFor() + "' is more than 100 years");
            return null;
        }
        if (max != null && reserved != null && reserved.compareTo(max) > 0) {
            problems.add(
                    at + ".reservedSpace",
                    "is " + reserved.exact() + ", which is more than maxUsedSpace (" + max.exact()
                            + "); the rule could never reach its limit");
            return null;
        }
        if (unusedFor == null && max == null && reserved == null) {
            noCondition(at, problems);
            return null;
        }
        return new PruneRule(types, unusedFor, max, reserved);
    }

    private static void noCondition(String at, InputProblems problems) {
        if (!problems.about(at + ".unusedFor")
                && !problems.about(at + ".maxUsedSpace")
                && !problems.about(at + ".reservedSpace")) {
            problems.add(
                    at,
                    "has no condition; give unusedFor, maxUsedSpace or reservedSpace (unusedFor 0s takes everything)");
        }
    }

    private static Set<RecordType> types(String field, List<String> names, InputProblems problems) {
        if (names.size() > MOST_TYPES) {
            problems.add(field, "has " + names.size() + " types; " + MOST_TYPES + " are the most");
            return Set.of();
        }
        var types = new LinkedHashSet<RecordType>();
        for (String name : names) {
            String trimmed = name.strip();
            if (trimmed.startsWith("label")) {
                problems.add(
                        field,
                        "'" + trimmed + "' is a label filter; engines accept one and ignore it, which would prune"
                                + " everything, so there is none here");
            } else if (!TYPE.matcher(trimmed).matches()) {
                problems.add(
                        field,
                        "'" + trimmed
                                + "' is not a record type; types are named like regular, source.local or exec.cachemount");
            } else {
                types.add(new RecordType(trimmed));
            }
        }
        return types;
    }

    /** Reads a ceiling; null if it is no good, which is noted then. */
    public static @Nullable Ceiling ceiling(CeilingInput input, InputProblems problems) {
        var bytes = problems.read("ceiling.maxBytes", input.maxBytes(), RuleReader::moreThanZero);
        var share = problems.read("ceiling.maxShare", input.maxShare(), RuleReader::percent);
        if (bytes == null && share == null) {
            if (!problems.about("ceiling.maxBytes") && !problems.about("ceiling.maxShare")) {
                problems.add(
                        "ceiling",
                        "is missing; say with maxBytes or maxShare (in per cent of the cache) how much one run may take at most");
            }
            return null;
        }
        return new Ceiling(bytes, share);
    }

    private static ByteSize moreThanZero(String text) {
        var size = ByteSize.parse(text);
        if (size.bytes() == 0) {
            throw new IllegalArgumentException("is zero, so that nothing could ever be deleted");
        }
        return size;
    }

    private static int percent(String text) {
        String number =
                text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
        if (!number.matches("\\d{1,3}") || Integer.parseInt(number) < 1 || Integer.parseInt(number) > 100) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a share of the cache; write whole per cent from 1 to 100");
        }
        return Integer.parseInt(number);
    }
}
