package dev.cachewarden.configfile;

import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.alert.RuleDocument;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.rest.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the alert rules of a configuration file. */
final class AlertRuleSection {

    private AlertRuleSection() {}

    /** Returns the valid rules, and records the errors of the others. */
    static List<AlertRule> read(List<Section> sections, Findings findings) {
        var rules = new ArrayList<AlertRule>();
        var places = new EnumMap<RuleId, String>(RuleId.class);
        for (var section : sections) {
            var rule = rule(section, findings);
            var other = rule == null ? null : places.putIfAbsent(rule.id(), section.at());
            if (other != null) {
                findings.add(
                        section.inside("id"),
                        "is also the ID of " + other + " on line " + findings.lineOf(other) + "; remove one of them");
            } else if (rule != null) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private static @Nullable AlertRule rule(Section section, Findings findings) {
        int before = findings.count();
        var id = section.text("id");
        var document = new RuleDocument(
                section.flag("enabled"),
                levels(section.section("info")),
                levels(section.section("warning")),
                levels(section.section("critical")),
                section.quantity("pendingFor"),
                section.text("scope"));
        section.end();
        var rule = id == null ? null : RuleId.parse(id).orElse(null);
        if (rule == null) {
            findings.add(
                    section.has("id") ? section.inside("id") : section.at(),
                    (section.has("id") ? "is not an alert rule" : "has no id") + "; use one of "
                            + Arrays.stream(RuleId.values()).map(RuleId::id).collect(Collectors.joining(", ")));
            return null;
        }
        if (findings.count() > before) {
            return null;
        }
        try {
            return document.read(rule);
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> findings.add(section.inside(problem.field()), problem.reason()));
            return null;
        }
    }

    private static RuleDocument.@Nullable Levels levels(@Nullable Section section) {
        if (section == null) {
            return null;
        }
        var levels = new RuleDocument.Levels(section.quantity("threshold"), section.quantity("clear"));
        section.end();
        return levels;
    }
}
