package dev.cachewarden.policy.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.Selection;
import dev.cachewarden.policy.PolicyDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A parser for rules and limits per run. */
public final class RuleReader {

    private static final int MOST_RULES = 50;
    private static final int MOST_TYPES = 20;
    private static final int MOST_FILTERS = 20;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private RuleReader() {}

    /** Parses the rules. Omits invalid rules and adds their problems. */
    public static List<PruneRule> rules(List<PolicyDocument.Rule> inputs, InputProblems problems) {
        if (inputs.isEmpty()) {
            problems.add("rules", "must not be empty; add at least one rule");
        }
        if (inputs.size() > MOST_RULES) {
            problems.add("rules", "must have at most " + MOST_RULES + " rules, not " + inputs.size());
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

    private static @Nullable PruneRule rule(String at, PolicyDocument.Rule input, InputProblems problems) {
        int before = problems.count();
        var selection = new Selection(
                types(at + ".types", input.types(), problems),
                filters(at + ".filters", input.filters(), problems),
                input.includeShared(),
                input.includeInternal());
        var unusedFor = problems.read(at + ".unusedFor", input.unusedFor(), RuleReader::age);
        var spaces = new HashMap<String, Space>();
        for (String name : Limits.NAMES) {
            var space = problems.read(at + "." + name, input.limit(name), Space::parse);
            if (space != null) {
                spaces.put(name, space);
            }
        }
        var measure = problems.read(at + ".measure", input.measure(), text -> constant(Measure.values(), text));
        var order = problems.read(at + ".order", input.order(), RuleReader::order);
        if (problems.count() > before) {
            return null;
        }
        if (unusedFor == null && spaces.isEmpty()) {
            problems.add(
                    at,
                    "has no condition; set at least one of unusedFor, " + String.join(", ", Limits.NAMES)
                            + " (unusedFor 0s deletes all records)");
            return null;
        }
        var limits = problems.read(at + ".reservedSpace", "limits", text -> Limits.of(spaces::get));
        return limits == null
                ? null
                : new PruneRule(
                        selection,
                        unusedFor,
                        limits,
                        measure == null ? Measure.SELECTION : measure,
                        order == null ? EvictionOrder.LEAST_RECENTLY_USED : order);
    }

    private static Duration age(String text) {
        var age = Durations.parse(text);
        if (age.compareTo(PruneRule.LONGEST) > 0) {
            throw new IllegalArgumentException("'" + text + "' exceeds the maximum of 100 years");
        }
        // Rules are stored in whole seconds. Half a second would become zero, which selects every record.
        if (age.getNano() != 0) {
            throw new IllegalArgumentException("'" + text + "' is too precise; use whole seconds");
        }
        return age;
    }

    /**
     * Parses an eviction order.
     *
     * @throws IllegalArgumentException with the valid orders
     */
    public static EvictionOrder order(String text) {
        return constant(EvictionOrder.values(), text);
    }

    /** Parses a constant by its name, or in a form like {@code leastRecentlyUsed}. */
    private static <E extends Enum<E>> E constant(E[] known, String text) {
        for (var one : known) {
            if (one.name().replace("_", "").equalsIgnoreCase(text.replace("_", ""))) {
                return one;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is not valid; use one of "
                + Arrays.stream(known).map(Enum::name).collect(Collectors.joining(", ")));
    }

    /** Parses the filters. Omits invalid filters and adds their problems. */
    static List<Filter> filters(String field, List<String> texts, InputProblems problems) {
        if (texts.size() > MOST_FILTERS) {
            problems.add(field, "must have at most " + MOST_FILTERS + " filters, not " + texts.size());
            return List.of();
        }
        var filters = new ArrayList<Filter>();
        for (String text : texts) {
            var filter = problems.read(field, text, Filter::parse);
            if (filter != null && !problems.takes(field, filter)) {
                return filters;
            }
            if (filter != null) {
                filters.add(filter);
            }
        }
        return filters;
    }

    private static Set<RecordType> types(String field, List<String> names, InputProblems problems) {
        if (names.size() > MOST_TYPES) {
            problems.add(field, "must have at most " + MOST_TYPES + " types, not " + names.size());
            return Set.of();
        }
        var types = new LinkedHashSet<RecordType>();
        for (String name : names) {
            String trimmed = name.strip();
            if (trimmed.startsWith("label")) {
                problems.add(
                        field,
                        "'" + trimmed + "' is a label filter, which is not supported: engines ignore label filters"
                                + " and would prune everything");
            } else if (!TYPE.matcher(trimmed).matches()) {
                problems.add(
                        field,
                        "'" + trimmed
                                + "' is not a record type; use a type such as regular, source.local or exec.cachemount");
            } else {
                types.add(new RecordType(trimmed));
            }
        }
        return types;
    }

    /** Parses a limitPerRun. Returns null and adds a problem if it is invalid. */
    public static @Nullable LimitPerRun limitPerRun(PolicyDocument.LimitPerRun input, InputProblems problems) {
        var bytes = problems.read("limitPerRun.maxBytes", input.maxBytes(), RuleReader::moreThanZero);
        var share = problems.read("limitPerRun.maxShare", input.maxShare(), RuleReader::percent);
        if (bytes == null && share == null) {
            if (!problems.about("limitPerRun.maxBytes") && !problems.about("limitPerRun.maxShare")) {
                problems.add(
                        "limitPerRun",
                        "is missing; set maxBytes or maxShare (percent of the cache) to limit what one run deletes");
            }
            return null;
        }
        return new LimitPerRun(bytes, share);
    }

    private static ByteSize moreThanZero(String text) {
        var size = ByteSize.parse(text);
        if (size.bytes() == 0) {
            throw new IllegalArgumentException("must be more than zero, or a run could never delete anything");
        }
        return size;
    }

    private static int percent(String text) {
        String number =
                text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
        if (!number.matches("\\d{1,3}") || Integer.parseInt(number) < 1 || Integer.parseInt(number) > 100) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a share of the cache; use a whole percentage from 1 to 100");
        }
        return Integer.parseInt(number);
    }
}
