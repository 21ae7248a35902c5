package dev.cachewarden.policy.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.Limits;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.Selection;
import dev.cachewarden.planner.Space;
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

/**
 * The conversion of values to and from JSON columns. Their format must stay readable in later versions, so it does not follow the settings
 * of the REST API.
 */
public final class JsonColumns {

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};
    private static final TypeReference<List<StoredRule>> RULES = new TypeReference<>() {};
    private static final TypeReference<Map<String, long[]>> SUMS = new TypeReference<>() {};

    private JsonColumns() {}

    /**
     * A rule in a column. Each null component means that the rule does not have it.
     *
     * @param unusedForSeconds the age in seconds, or null for none
     */
    private record StoredRule(
            List<String> types,
            @Nullable List<String> filters,
            @Nullable Long unusedForSeconds,
            @Nullable String maxUsedSpace,
            @Nullable String minFreeSpace,
            @Nullable String reservedSpace,
            @Nullable Measure measure,
            @Nullable EvictionOrder order,
            @Nullable Boolean includeShared,
            @Nullable Boolean includeInternal,
            // The format of rules before they could have a share of the disk.
            @Nullable Long maxUsedSpaceBytes,
            @Nullable Long reservedSpaceBytes) {

        static StoredRule of(PruneRule rule) {
            var selection = rule.selection();
            var unusedFor = rule.unusedFor();
            return new StoredRule(
                    selection.types().stream().map(RecordType::name).sorted().toList(),
                    texts(selection.filters()),
                    unusedFor == null ? null : unusedFor.toSeconds(),
                    written(rule.maxUsedSpace()),
                    written(rule.minFreeSpace()),
                    written(rule.reservedSpace()),
                    rule.measure(),
                    rule.order(),
                    selection.includeShared(),
                    selection.includeInternal(),
                    null,
                    null);
        }

        private static @Nullable String written(@Nullable Space space) {
            return space == null ? null : space.written();
        }

        private static @Nullable Space space(@Nullable String written, @Nullable Long bytes) {
            if (bytes != null) {
                return Space.of(new ByteSize(bytes));
            }
            return written == null ? null : Space.parse(written);
        }

        PruneRule toRule() {
            return new PruneRule(
                    new Selection(
                            types.stream().map(RecordType::new).collect(Collectors.toUnmodifiableSet()),
                            filters == null
                                    ? List.of()
                                    : filters.stream().map(Filter::parse).toList(),
                            Boolean.TRUE.equals(includeShared),
                            Boolean.TRUE.equals(includeInternal)),
                    unusedForSeconds == null ? null : Duration.ofSeconds(unusedForSeconds),
                    new Limits(
                            space(maxUsedSpace, maxUsedSpaceBytes),
                            space(minFreeSpace, null),
                            space(reservedSpace, reservedSpaceBytes)),
                    measure == null ? Measure.SELECTION : measure,
                    order == null ? EvictionOrder.LEAST_RECENTLY_USED : order);
        }
    }

    private static List<String> texts(List<Filter> filters) {
        return filters.stream().map(Filter::toString).toList();
    }

    public static String filters(List<Filter> filters) {
        return JSON.writeValueAsString(texts(filters));
    }

    public static List<Filter> filters(String json) {
        return JSON.readValue(json, LIST).stream().map(Filter::parse).toList();
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
