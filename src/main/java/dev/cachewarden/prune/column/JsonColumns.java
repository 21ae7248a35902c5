package dev.cachewarden.prune.column;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.plan.PruneRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes columns of JSON. Their form is ours alone and must stay readable, so it does not follow the web's settings. */
public final class JsonColumns {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<StoredRule>> RULES = new TypeReference<>() {};
    private static final TypeReference<Map<String, long[]>> SUMS = new TypeReference<>() {};

    private JsonColumns() {}

    /** @param unusedForSeconds null: none; so the others */
    private record StoredRule(
            List<String> types,
            @Nullable Long unusedForSeconds,
            @Nullable Long maxUsedSpaceBytes,
            @Nullable Long reservedSpaceBytes) {

        static StoredRule of(PruneRule rule) {
            var types = rule.types().stream().map(RecordType::name).sorted().toList();
            var unusedFor = rule.unusedFor();
            return new StoredRule(
                    types,
                    unusedFor == null ? null : unusedFor.toSeconds(),
                    Columns.bytesOrNull(rule.maxUsedSpace()),
                    Columns.bytesOrNull(rule.reservedSpace()));
        }

        PruneRule toRule() {
            return new PruneRule(
                    types.stream().map(RecordType::new).collect(Collectors.toUnmodifiableSet()),
                    unusedForSeconds == null ? null : Duration.ofSeconds(unusedForSeconds),
                    maxUsedSpaceBytes == null ? null : new ByteSize(maxUsedSpaceBytes),
                    reservedSpaceBytes == null ? null : new ByteSize(reservedSpaceBytes));
        }
    }

    public static String rules(List<PruneRule> rules) {
        return JSON.writeValueAsString(rules.stream().map(StoredRule::of).toList());
    }

    public static List<PruneRule> rules(String json) {
        return JSON.readValue(json, RULES).stream().map(StoredRule::toRule).toList();
    }

    public static String labels(Map<String, String> labels) {
        return JSON.writeValueAsString(new TreeMap<>(labels));
    }

    public static Map<String, String> labels(String json) {
        return JSON.readValue(json, TEXTS);
    }

    /** Sums as {@code {"regular":[records,bytes]}}. */
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
