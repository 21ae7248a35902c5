package dev.cachewarden.policy.export;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.planner.Space;
import dev.cachewarden.policy.PolicyView.Content;
import dev.cachewarden.policy.Triggers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** A complete policy with the names of the REST API, without default values. Configuration files contain policies in this format. */
public final class PolicyYaml {

    private PolicyYaml() {}

    static PolicyExport export(Content policy) {
        return new PolicyExport("cachewarden.yml", dump(Map.of("policies", List.of(written(policy)))), List.of());
    }

    /** Returns the YAML text, with a line for each value. */
    public static String dump(Map<String, Object> file) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        return new Yaml(options).dump(file);
    }

    /** Returns a policy as keys and values. */
    public static Map<String, Object> written(Content policy) {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", policy.name());
        map.put("mode", policy.mode().name());
        map.put("enabled", policy.enabled());
        put(map, "scope", policy.scope().everyHost() ? null : policy.scope().toString());
        map.put("priority", policy.priority());
        map.put("rules", policy.rules().stream().map(PolicyYaml::rule).toList());
        put(map, "pins", texts(policy.pins()));
        triggers(map, policy.triggers());
        var ceiling = new LinkedHashMap<String, Object>();
        put(
                ceiling,
                "maxBytes",
                policy.ceiling().maxBytes() == null
                        ? null
                        : policy.ceiling().maxBytes().bytes());
        put(ceiling, "maxShare", policy.ceiling().maxShare());
        map.put("ceiling", ceiling);
        put(
                map,
                "approveAboveBytes",
                policy.approveAbove() == null ? null : policy.approveAbove().bytes());
        var guards = guards(policy.guards());
        put(map, "guards", guards.isEmpty() ? null : guards);
        return map;
    }

    private static Map<String, Object> guards(RunGuards guards) {
        var map = new LinkedHashMap<String, Object>();
        put(map, "waitForBuilds", text(guards.waitForBuilds()));
        put(map, "stopAfterFailures", guards.stopAfterFailures());
        put(map, "batchSize", guards.batchSize());
        put(map, "pauseBetweenBatches", text(guards.pauseBetweenBatches()));
        return map;
    }

    private static void triggers(Map<String, Object> map, Triggers triggers) {
        put(map, "cron", triggers.cron());
        map.put("timeZone", triggers.timeZone().getId());
        var watermark = triggers.watermark();
        if (watermark != null) {
            var written = new LinkedHashMap<String, Object>();
            written.put("of", watermark.of().name());
            written.put("start", watermark.start().written());
            written.put("stop", watermark.stop().written());
            map.put("watermark", written);
        }
        put(map, "afterBuilds", triggers.afterBuilds() ? true : null);
        put(map, "window", triggers.window() == null ? null : triggers.window().toString());
    }

    private static Map<String, Object> rule(PruneRule rule) {
        var map = new LinkedHashMap<String, Object>();
        var types = rule.types().stream().map(RecordType::name).sorted().toList();
        put(map, "types", types.isEmpty() ? null : types);
        put(map, "filters", texts(rule.selection().filters()));
        put(map, "unusedFor", text(rule.unusedFor()));
        put(map, "maxUsedSpace", space(rule.maxUsedSpace()));
        put(map, "minFreeSpace", space(rule.minFreeSpace()));
        put(map, "reservedSpace", space(rule.reservedSpace()));
        map.put("measure", rule.measure().name());
        map.put("order", rule.order().name());
        put(map, "includeShared", rule.selection().includeShared() ? true : null);
        put(map, "includeInternal", rule.selection().includeInternal() ? true : null);
        return map;
    }

    private static @Nullable String text(@Nullable Duration duration) {
        return duration == null ? null : duration.toString();
    }

    private static @Nullable String space(@Nullable Space space) {
        return space == null ? null : space.written();
    }

    private static @Nullable List<String> texts(List<Filter> filters) {
        return filters.isEmpty() ? null : filters.stream().map(Filter::toString).toList();
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
