package dev.cachewarden.alert.web;

import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.alert.BuiltInRules;
import dev.cachewarden.alert.RuleDocument;
import dev.cachewarden.alert.RuleId;

/**
 * A rule in a response.
 *
 * @param id ID of the rule, such as {@code disk-free}
 * @param title title of its alerts
 * @param measure the measured quantity
 * @param direction the side of the threshold on which the rule fires
 * @param changed true if a setting differs from its default
 * @param settings the complete settings
 */
record AlertRuleResponse(
        String id, String title, String measure, RuleId.Direction direction, boolean changed, RuleDocument settings) {

    static AlertRuleResponse of(AlertRule rule) {
        return new AlertRuleResponse(
                rule.id().id(),
                rule.id().title(),
                rule.id().measure(),
                rule.id().direction(),
                !rule.equals(BuiltInRules.of(rule.id())),
                RuleDocument.of(rule));
    }
}
