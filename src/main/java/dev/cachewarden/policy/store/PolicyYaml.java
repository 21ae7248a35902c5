package dev.cachewarden.policy.store;

import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyView.Content;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A complete policy with the names of the REST API, without default values. Configuration files contain policies in this format. */
public final class PolicyYaml {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<LinkedHashMap<String, Object>> FIELDS = new TypeReference<>() {};

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
        var fields = JSON.convertValue(PolicyDocument.of(policy), FIELDS);
        removeDefaults(fields);
        return fields;
    }

    private static void removeDefaults(Map<?, ?> fields) {
        for (var value : fields.values()) {
            if (value instanceof Map<?, ?> inner) {
                removeDefaults(inner);
            } else if (value instanceof List<?> list) {
                list.forEach(item -> {
                    if (item instanceof Map<?, ?> inner) {
                        removeDefaults(inner);
                    }
                });
            }
        }
        // Only "enabled" is not false by default.
        fields.entrySet().removeIf(field -> isDefault(field.getValue()) && !"enabled".equals(field.getKey()));
    }

    private static boolean isDefault(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Boolean flag -> !flag;
            case String text -> text.isEmpty();
            case List<?> list -> list.isEmpty();
            case Map<?, ?> inner -> inner.isEmpty();
            default -> false;
        };
    }
}
