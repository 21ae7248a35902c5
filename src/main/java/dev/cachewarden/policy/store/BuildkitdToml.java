package dev.cachewarden.policy.store;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.policy.PolicyView.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code gcpolicy} of a buildkitd, from version 0.17 on. Its filters have the syntax of containerd, and the elements of the list are
 * alternatives.
 */
final class BuildkitdToml {

    private BuildkitdToml() {}

    static PolicyExport export(Content policy) {
        var notes = new ArrayList<>(EngineNotes.of(policy));
        notes.add(
                "Requires BuildKit 0.17 or later. Earlier versions support only keepBytes. For the containerd worker, replace"
                        + " worker.oci with worker.containerd.");
        var rules = new ArrayList<String>();
        for (int i = 0; i < policy.rules().size(); i++) {
            var rule = policy.rules().get(i);
            String reason = whyNot(rule);
            if (reason == null) {
                EngineNotes.differences(i + 1, rule, notes);
                rules.add(written(rule));
            } else {
                notes.add("Rule " + (i + 1) + " is omitted: " + reason + ".");
            }
        }
        if (rules.isEmpty()) {
            notes.add("No rules remain, so the file disables garbage collection.");
        }
        String head = notes.stream().map(note -> "# " + note + "\n").collect(Collectors.joining());
        String content = head + "[worker.oci]\n  gc = " + !rules.isEmpty() + "\n" + String.join("", rules);
        return new PolicyExport("buildkitd.toml", content, notes);
    }

    private static @Nullable String whyNot(PruneRule rule) {
        for (var filter : rule.selection().filters()) {
            boolean mount = filter.field() == Filter.Field.MOUNT_TARGET || filter.field() == Filter.Field.MOUNT_ID;
            if (mount || filter.operator() == Filter.Operator.NOT_MATCHES) {
                return "its filter " + filter + " cannot be expressed in this format";
            }
        }
        return EngineNotes.unsafe(rule);
    }

    private static String written(PruneRule rule) {
        var text = new StringBuilder("\n  [[worker.oci.gcpolicy]]\n");
        var selection = rule.selection();
        line(text, "all", Boolean.toString(selection.includeShared() && selection.includeInternal()));
        var filters = filters(rule);
        if (!filters.isEmpty()) {
            line(
                    text,
                    "filters",
                    filters.stream().map(BuildkitdToml::quoted).collect(Collectors.joining(", ", "[", "]")));
        }
        if (rule.unusedFor() != null && !rule.unusedFor().isZero()) {
            line(text, "keepDuration", quoted(EngineNotes.duration(rule.unusedFor())));
        }
        rule.limits().byName().forEach((name, space) -> line(text, name, space));
        return text.toString();
    }

    private static List<String> filters(PruneRule rule) {
        String all = rule.selection().filters().stream()
                .map(filter ->
                        filter.field().name().toLowerCase(Locale.ROOT) + operator(filter) + quoted(filter.value()))
                .collect(Collectors.joining(","));
        if (rule.types().isEmpty()) {
            return all.isEmpty() ? List.of() : List.of(all);
        }
        return rule.types().stream()
                .map(RecordType::name)
                .sorted()
                .map(type -> "type==" + type + (all.isEmpty() ? "" : "," + all))
                .toList();
    }

    private static String operator(Filter filter) {
        return switch (filter.operator()) {
            case EQUALS -> "==";
            case NOT_EQUALS -> "!=";
            case MATCHES -> "~=";
            case NOT_MATCHES -> throw new IllegalStateException(filter + " must be omitted");
        };
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("    ").append(key).append(" = ").append(value).append('\n');
    }

    private static void line(StringBuilder text, String key, @Nullable Space space) {
        if (space != null) {
            line(text, key, space instanceof Space.ShareOfDisk ? quoted(space.written()) : space.written());
        }
    }

    /** Quotes a text in a form that Go and TOML both read. */
    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default ->
                    quoted.append(c < 0x20 || c == 0x7F ? String.format("\\u%04X", c) : String.valueOf((char) c));
            }
        });
        return quoted.append('"').toString();
    }
}
