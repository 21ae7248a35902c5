package dev.cachewarden.configfile;

import dev.cachewarden.policy.CeilingInput;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyInput;
import dev.cachewarden.policy.PolicyInput.Guards;
import dev.cachewarden.policy.PolicyInput.When;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.RuleInput;
import dev.cachewarden.rest.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Reads a policy of the file, with the keys of its YAML export and the checks of the REST API. */
final class PolicySection {

    private final Policies policies;
    private final Findings findings;

    PolicySection(Policies policies, Findings findings) {
        this.policies = policies;
        this.findings = findings;
    }

    /** Returns a policy, or null if it is invalid; then records the errors. */
    PolicyView.@Nullable Content read(Section section) {
        int before = findings.count();
        var input = input(section);
        section.end();
        if (findings.count() > before) {
            return null;
        }
        try {
            return policies.read(input);
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> findings.add(section.inside(written(problem.field())), problem.reason()));
            return null;
        }
    }

    private PolicyInput input(Section section) {
        var enabled = section.flag("enabled");
        return new PolicyInput(
                section.text("name"),
                section.text("mode"),
                enabled == null || enabled,
                section.text("scope"),
                section.whole("priority"),
                section.sections("rules").stream().map(PolicySection::rule).toList(),
                section.texts("pins"),
                when(section),
                ceiling(section.section("ceiling")),
                approveAbove(section),
                guards(section.section("guards")));
    }

    private static RuleInput rule(Section section) {
        var rule = new RuleInput(
                section.texts("types"),
                section.texts("filters"),
                section.amount("unusedFor"),
                section.amount("maxUsedSpace"),
                section.amount("minFreeSpace"),
                section.amount("reservedSpace"),
                section.text("measure"),
                section.text("order"),
                Boolean.TRUE.equals(section.flag("includeShared")),
                Boolean.TRUE.equals(section.flag("includeInternal")));
        section.end();
        return rule;
    }

    private static When when(Section section) {
        var watermark = section.section("watermark");
        var when = new When(
                section.text("cron"),
                section.text("timeZone"),
                watermark == null ? null : watermark.text("of"),
                watermark == null ? null : watermark.amount("start"),
                watermark == null ? null : watermark.amount("stop"),
                Boolean.TRUE.equals(section.flag("afterBuilds")),
                section.text("window"));
        if (watermark != null) {
            watermark.end();
        }
        return when;
    }

    private static CeilingInput ceiling(@Nullable Section section) {
        if (section == null) {
            return CeilingInput.NONE;
        }
        var ceiling = new CeilingInput(section.amount("maxBytes"), section.amount("maxShare"));
        section.end();
        return ceiling;
    }

    private @Nullable String approveAbove(Section section) {
        if (section.has("approveAbove") && section.has("approveAboveBytes")) {
            findings.add(
                    section.inside("approveAbove"), "cannot be combined with approveAboveBytes; remove one of them");
        }
        var text = section.amount("approveAbove");
        var bytes = section.whole("approveAboveBytes");
        return text == null ? bytes : text;
    }

    private static Guards guards(@Nullable Section section) {
        if (section == null) {
            return Guards.NONE;
        }
        var guards = new Guards(
                section.amount("waitForBuilds"),
                section.whole("stopAfterFailures"),
                section.whole("batchSize"),
                section.amount("pauseBetweenBatches"));
        section.end();
        return guards;
    }

    /** Returns the path of a field in the file, where a watermark is a section of its own. */
    private static String written(String field) {
        return switch (field) {
            case "watermarkOf" -> "watermark.of";
            case "watermarkStart" -> "watermark.start";
            case "watermarkStop" -> "watermark.stop";
            default -> field;
        };
    }
}
