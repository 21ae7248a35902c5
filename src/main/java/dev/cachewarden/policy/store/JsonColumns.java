package dev.cachewarden.policy.store;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.store.Columns;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.type.TypeReference;

/**
 * The conversion of policies and their parts to and from JSON columns, in the format of {@link PolicyDocument}.
 */
public final class JsonColumns {

    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};
    private static final TypeReference<List<PolicyDocument.Rule>> RULES = new TypeReference<>() {};
    private static final TypeReference<List<StartResult.Part>> START_RESULT = new TypeReference<>() {};
    private static final TypeReference<Map<String, long[]>> SUMS = new TypeReference<>() {};

    private JsonColumns() {}

    static String document(PolicyDocument policy) {
        return Columns.json(policy);
    }

    static PolicyDocument document(String json) {
        return Columns.fromJson(json, PolicyDocument.class);
    }

    public static String filters(List<Filter> filters) {
        return Columns.json(filters.stream().map(Filter::toString).toList());
    }

    public static List<Filter> filters(String json) {
        return Columns.fromJson(json, LIST).stream().map(Filter::parse).toList();
    }

    public static String rules(List<PruneRule> rules) {
        return Columns.json(rules.stream().map(PolicyDocument.Rule::of).toList());
    }

    public static List<PruneRule> rules(String json) {
        var documents = Columns.fromJson(json, RULES);
        var problems = new InputProblems();
        var rules = documents.isEmpty() ? List.<PruneRule>of() : RuleReader.rules(documents, problems);
        problems.throwIfAny();
        return rules;
    }

    public static String guards(RunGuards guards) {
        return Columns.json(PolicyDocument.Guards.of(guards));
    }

    public static RunGuards guards(String json) {
        var problems = new InputProblems();
        var guards = GuardReader.guards(Columns.fromJson(json, PolicyDocument.Guards.class), problems);
        problems.throwIfAny();
        return guards;
    }

    static String startResult(StartResult result) {
        return Columns.json(result.parts());
    }

    static StartResult startResult(String json) {
        return new StartResult(Columns.fromJson(json, START_RESULT));
    }

    /** Writes sums as {@code {"regular":[records,bytes]}}. */
    public static <K> String sums(SortedMap<K, Amount> sums) {
        var stored = new TreeMap<String, long[]>();
        sums.forEach((key, amount) -> stored.put(
                key.toString(), new long[] {amount.records(), amount.size().bytes()}));
        return Columns.json(stored);
    }

    public static <K extends Comparable<K>> SortedMap<K, Amount> sums(String json, Function<String, K> key) {
        var sums = new TreeMap<K, Amount>();
        Columns.fromJson(json, SUMS)
                .forEach((name, values) -> sums.put(key.apply(name), new Amount(values[0], new ByteSize(values[1]))));
        return sums;
    }
}
