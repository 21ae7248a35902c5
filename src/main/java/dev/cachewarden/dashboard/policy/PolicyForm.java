package dev.cachewarden.dashboard.policy;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.CeilingInput;
import dev.cachewarden.prune.PolicyInput;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.RuleInput;
import dev.cachewarden.prune.plan.PruneRule;
import dev.cachewarden.rest.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A policy as typed into the form, given back as it came when something is wrong with it.
 *
 * @param scope labels as {@code key=value}, one a line or separated by commas
 * @param version the one the change is made to; null: a new policy
 */
public record PolicyForm(
        @Nullable String name,
        @Nullable String mode,
        @Nullable Boolean enabled,
        @Nullable String scope,
        @Nullable List<RuleForm> rules,
        @Nullable String cron,
        @Nullable String timeZone,
        @Nullable String maxBytes,
        @Nullable String maxShare,
        @Nullable String approveAbove,
        @Nullable Integer version) {

    /** A rule as typed in. */
    public record RuleForm(
            @Nullable List<String> types,
            @Nullable String unusedFor,
            @Nullable String maxUsedSpace,
            @Nullable String reservedSpace) {

        static final RuleForm EMPTY = new RuleForm(List.of(), "", "", "");

        static RuleForm of(PruneRule rule) {
            return new RuleForm(
                    rule.types().stream().map(RecordType::name).sorted().toList(),
                    rule.unusedFor() == null ? "" : Durations.format(rule.unusedFor()),
                    written(rule.maxUsedSpace()),
                    written(rule.reservedSpace()));
        }

        public boolean names(String type) {
            return types != null && types.contains(type);
        }

        RuleInput toInput() {
            return new RuleInput(types == null ? List.of() : types, unusedFor, maxUsedSpace, reservedSpace);
        }
    }

    static final PolicyForm EMPTY = new PolicyForm(
            "", "REPORT", true, "", List.of(new RuleForm(List.of(), "14d", "", "")), "", "UTC", "", "20", "", null);

    static PolicyForm of(PolicyView policy) {
        return new PolicyForm(
                policy.name(),
                policy.mode().name(),
                policy.enabled(),
                policy.scope().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .sorted()
                        .collect(Collectors.joining("\n")),
                policy.rules().stream().map(RuleForm::of).toList(),
                policy.cron(),
                policy.timeZone().getId(),
                written(policy.ceiling().maxBytes()),
                policy.ceiling().maxShare() == null
                        ? ""
                        : policy.ceiling().maxShare().toString(),
                written(policy.approveAbove()),
                policy.version());
    }

    /** The rules typed in, never null. */
    public List<RuleForm> shownRules() {
        return rules == null || rules.isEmpty() ? List.of(RuleForm.EMPTY) : rules;
    }

    PolicyForm withRule() {
        var more = new ArrayList<>(shownRules());
        more.add(RuleForm.EMPTY);
        return withRules(more);
    }

    PolicyForm withoutRule(int index) {
        var fewer = new ArrayList<>(shownRules());
        if (index >= 0 && index < fewer.size()) {
            fewer.remove(index);
        }
        return withRules(fewer);
    }

    private PolicyForm withRules(List<RuleForm> others) {
        return new PolicyForm(
                name, mode, enabled, scope, others, cron, timeZone, maxBytes, maxShare, approveAbove, version);
    }

    PolicyInput toInput() {
        return new PolicyInput(
                name,
                mode,
                enabled != null && enabled,
                labels(),
                shownRules().stream().map(RuleForm::toInput).toList(),
                cron,
                timeZone,
                new CeilingInput(maxBytes, maxShare),
                approveAbove);
    }

    private Map<String, String> labels() {
        var read = new LinkedHashMap<String, String>();
        for (String label : (scope == null ? "" : scope).split("[,\\n]")) {
            if (!label.isBlank()) {
                int at = label.indexOf('=');
                if (at < 0) {
                    throw new InvalidInputException("scope", "'" + label.strip() + "' is not a label; write key=value");
                }
                read.put(label.substring(0, at).strip(), label.substring(at + 1).strip());
            }
        }
        return read;
    }

    /** Exact: the largest binary unit in which it is a whole number. */
    private static String written(@Nullable ByteSize size) {
        if (size == null) {
            return "";
        }
        long count = size.bytes();
        int unit = 0;
        var units = List.of("", "KiB", "MiB", "GiB", "TiB");
        while (unit < units.size() - 1 && count != 0 && count % 1024 == 0) {
            count /= 1024;
            unit++;
        }
        return count + units.get(unit);
    }
}
