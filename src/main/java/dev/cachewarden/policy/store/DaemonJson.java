package dev.cachewarden.policy.store;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.policy.PolicyView.Content;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The {@code builder.gc} of a Docker Engine, from version 28 on. Its filters are {@code key=value} with one value per key, and a record
 * must match all of them. Sizes are in bytes.
 */
final class DaemonJson {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private DaemonJson() {}

    static PolicyExport export(Content policy) {
        var notes = new ArrayList<>(EngineNotes.of(policy));
        notes.add(
                "Requires Docker Engine 28.5.1 or later. Earlier versions ignore some limits, and may delete the whole cache.");
        var rules = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < policy.rules().size(); i++) {
            add(i + 1, policy.rules().get(i), rules, notes);
        }
        if (rules.isEmpty()) {
            notes.add("No rules remain, so the file disables garbage collection.");
        }
        var gc = new LinkedHashMap<String, Object>();
        gc.put("enabled", !rules.isEmpty());
        gc.put("policy", rules);
        String content = JSON.writeValueAsString(Map.of("builder", Map.of("gc", gc)));
        return new PolicyExport("daemon.json", content + "\n", notes);
    }

    private static void add(int number, PruneRule rule, List<Map<String, Object>> rules, List<String> notes) {
        String reason = whyNot(rule);
        if (reason != null) {
            notes.add("Rule " + number + " is omitted: " + reason + ".");
            return;
        }
        EngineNotes.differences(number, rule, notes);
        var types = rule.types().stream().map(RecordType::name).sorted().toList();
        if (types.size() > 1) {
            notes.add("Rule " + number + " becomes " + types.size()
                    + " rules in the file, because each rule there has one type.");
        }
        var each = types.isEmpty() ? Stream.<@Nullable String>of((String) null).toList() : List.copyOf(types);
        for (var type : each) {
            rules.add(written(rule, type));
        }
    }

    /**
     * Returns why a rule cannot be exported, or null if it can. Without a condition that the format lacks, the engine would delete more.
     */
    private static @Nullable String whyNot(PruneRule rule) {
        if (rule.limits().byName().values().stream().anyMatch(space -> space instanceof Space.ShareOfDisk)) {
            return "daemon.json does not support shares of the disk; use sizes in bytes";
        }
        for (var filter : rule.selection().filters()) {
            if (filter.operator() != Filter.Operator.EQUALS || !key(filter)) {
                return "its filter " + filter + " cannot be expressed in this format";
            }
        }
        long keys = rule.selection().filters().stream()
                .map(Filter::field)
                .distinct()
                .count();
        if (keys < rule.selection().filters().size()
                || (!rule.types().isEmpty()
                        && rule.selection().filters().stream().anyMatch(f -> f.field() == Filter.Field.TYPE))) {
            return "daemon.json allows each filter key only once";
        }
        return EngineNotes.unsafe(rule);
    }

    private static boolean key(Filter filter) {
        return switch (filter.field()) {
            case ID, TYPE, DESCRIPTION -> true;
            case MOUNT_TARGET, MOUNT_ID -> false;
        };
    }

    private static Map<String, Object> written(PruneRule rule, @Nullable String type) {
        var written = new LinkedHashMap<String, Object>();
        var selection = rule.selection();
        if (selection.includeShared() && selection.includeInternal()) {
            written.put("all", true);
        }
        var filters = new ArrayList<String>();
        if (rule.unusedFor() != null && !rule.unusedFor().isZero()) {
            filters.add("unused-for=" + EngineNotes.duration(rule.unusedFor()));
        }
        if (type != null) {
            filters.add("type=" + type);
        }
        selection.filters().forEach(filter -> filters.add(filter(filter)));
        if (!filters.isEmpty()) {
            written.put("filter", filters);
        }
        rule.limits().byName().forEach((name, space) -> written.put(name, space.written()));
        return written;
    }

    /** Formats a filter. In this format an ID is an unanchored regular expression. */
    private static String filter(Filter filter) {
        return switch (filter.field()) {
            case ID -> "id=^" + filter.value() + "$";
            case TYPE -> "type=" + filter.value();
            case DESCRIPTION -> "description=" + filter.value();
            case MOUNT_TARGET, MOUNT_ID -> throw new IllegalStateException(filter + " must be omitted");
        };
    }
}
