package dev.cachewarden.dashboard.policy;

import dev.cachewarden.dashboard.run.RuleForm;
import dev.cachewarden.dashboard.run.Typed;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * A policy as entered in the form. If the input is invalid, the page shows it again unchanged.
 *
 * @param scope conditions on labels, such as {@code env=ci,team!=ml}
 * @param rules rules that are not blank
 * @param pins filters, one per line
 * @param version version that the user changed, or empty for a new policy
 */
record PolicyForm(
        String name,
        String mode,
        boolean enabled,
        String scope,
        List<RuleForm> rules,
        String pins,
        WhenForm when,
        String priority,
        String maxBytes,
        String maxShare,
        String approveAbove,
        GuardsForm guards,
        String version) {

    /**
     * The initial form for a new policy. Its settings are safe: it only reports until a user changes the mode, and it deletes at most a
     * fifth of a cache.
     */
    static final PolicyForm EMPTY = new PolicyForm(
            "",
            PolicyMode.REPORT.name(),
            true,
            "",
            List.of(),
            "",
            WhenForm.cron("0 3 * * *"),
            "0",
            "",
            "20",
            "",
            GuardsForm.EMPTY,
            "");

    private static final int FEWEST_ROWS = 4;

    /**
     * The maximum number of rules to read. It is higher than the limit for a policy, so that too many rules cause an error and are not
     * dropped.
     */
    private static final int MOST_ROWS = 60;

    PolicyForm {
        rules = List.copyOf(rules);
    }

    static PolicyForm of(PolicyView policy) {
        return of(policy.content(), Integer.toString(policy.version()));
    }

    /**
     * Creates the form of a policy.
     *
     * @param version version that is being changed, or empty for a new policy
     */
    static PolicyForm of(PolicyView.Content policy, String version) {
        var share = policy.ceiling().maxShare();
        return new PolicyForm(
                policy.name(),
                policy.mode().name(),
                policy.enabled(),
                policy.scope().toString(),
                policy.rules().stream().map(RuleForm::of).toList(),
                policy.pins().stream().map(Filter::toString).collect(Collectors.joining("\n")),
                WhenForm.of(policy.triggers()),
                Integer.toString(policy.priority()),
                Typed.size(policy.ceiling().maxBytes()),
                share == null ? "" : share.toString(),
                Typed.size(policy.approveAbove()),
                GuardsForm.of(policy.guards()),
                version);
    }

    /** Returns this form in enforce mode. */
    PolicyForm enforcing() {
        return new PolicyForm(
                name,
                PolicyMode.ENFORCE.name(),
                enabled,
                scope,
                rules,
                pins,
                when,
                priority,
                maxBytes,
                maxShare,
                approveAbove,
                guards,
                version);
    }

    static PolicyForm read(MultiValueMap<String, String> typed) {
        return new PolicyForm(
                Typed.text(typed, "name"),
                Typed.text(typed, "mode"),
                typed.containsKey("enabled"),
                Typed.text(typed, "scope"),
                readRules(typed),
                Typed.text(typed, "pins"),
                WhenForm.read(typed),
                Typed.text(typed, "priority"),
                Typed.text(typed, "maxBytes"),
                Typed.text(typed, "maxShare"),
                Typed.text(typed, "approveAbove"),
                GuardsForm.read(typed),
                Typed.text(typed, "version"));
    }

    private static List<RuleForm> readRules(MultiValueMap<String, String> typed) {
        var rules = new ArrayList<RuleForm>();
        for (int row = 0; row < MOST_ROWS; row++) {
            var rule = RuleForm.read(typed, "rules[" + row + "].");
            if (!rule.blank()) {
                rules.add(rule);
            }
        }
        return rules;
    }

    /** Returns the rules, followed by blank rows for more. */
    public List<RuleForm> rows() {
        var rows = new ArrayList<>(rules);
        do {
            rows.add(RuleForm.EMPTY);
        } while (rows.size() < FEWEST_ROWS);
        return rows;
    }

    PolicyDocument toInput() {
        return new PolicyDocument(
                name,
                mode,
                enabled,
                scope,
                priority,
                rules.stream().map(RuleForm::toInput).toList(),
                pins.lines().filter(line -> !line.isBlank()).toList(),
                when.cron(),
                when.timeZone(),
                when.watermark(),
                when.afterBuilds(),
                when.window(),
                new PolicyDocument.Ceiling(maxBytes, maxShare),
                approveAbove,
                guards.toInput());
    }

    /**
     * Returns the version that the user changed, or null for a new policy.
     *
     * @throws InvalidInputException if the value is not a version
     */
    @Nullable
    Integer expectedVersion() {
        if (!version.matches("\\d{0,9}")) {
            throw new InvalidInputException(
                    "version", "must be a version number, not '" + version + "': reload the page");
        }
        return version.isEmpty() ? null : Integer.valueOf(version);
    }
}
