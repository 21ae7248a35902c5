package dev.cachewarden.policy.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The conversion of values to and from JSON columns. Policies and their parts have the format of {@link PolicyDocument}. It must stay
 * readable in later versions, so the columns do not follow the settings of the REST API.
 */
public final class JsonColumns {

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};
    private static final TypeReference<List<PolicyDocument.Rule>> RULES = new TypeReference<>() {};
    private static final TypeReference<Map<String, long[]>> SUMS = new TypeReference<>() {};

    private JsonColumns() {}

    static String document(PolicyDocument policy) {
        return JSON.writeValueAsString(policy);
    }

    static PolicyDocument document(String json) {
        return JSON.readValue(json, PolicyDocument.class);
    }

    public static String filters(List<Filter> filters) {
        return JSON.writeValueAsString(filters.stream().map(Filter::toString).toList());
    }

    public static List<Filter> filters(String json) {
        return JSON.readValue(json, LIST).stream().map(Filter::parse).toList();
    }

    public static String rules(List<PruneRule> rules) {
        return JSON.writeValueAsString(
                rules.stream().map(PolicyDocument.Rule::of).toList());
    }

    public static List<PruneRule> rules(String json) {
        var documents = JSON.readValue(json, RULES);
        var problems = new InputProblems();
        var rules = documents.isEmpty() ? List.<PruneRule>of() : RuleReader.rules(documents, problems);
        problems.throwIfAny();
        return rules;
    }

    public static String guards(RunGuards guards) {
        return JSON.writeValueAsString(PolicyDocument.Guards.of(guards));
    }

    public static RunGuards guards(String json) {
        var problems = new InputProblems();
        var guards = GuardReader.guards(JSON.readValue(json, PolicyDocument.Guards.class), problems);
        problems.throwIfAny();
        return guards;
    }

    /** Writes sums as {@code {"regular":[records,bytes]}}. */
    public static <K> String sums(SortedMap<K, Amount> sums) {
        var stored = new TreeMap<String, long[]>();
        sums.forEach((key, amount) -> stored.put(
                key.toString(), new long[] {amount.records(), amount.size().bytes()}));
        return JSON.writeValueAsString(stored);
    }

    public static <K extends Comparable<K>> SortedMap<K, Amount> sums(String json, Function<String, K> key) {
        var sums = new TreeMap<K, Amount>();
        JSON.readValue(json, SUMS)
                .forEach((name, values) -> sums.put(key.apply(name), new Amount(values[0], new ByteSize(values[1]))));
        return sums;
    }
}
