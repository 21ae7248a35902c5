package dev.cachewarden.alert.web;

import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.alert.BuiltInRules;
import dev.cachewarden.alert.RuleDocument;
import dev.cachewarden.alert.RuleId;
import org.jspecify.annotations.Nullable;

/**
 * A rule in a response.
 *
 * @param id ID of the rule, such as {@code disk-free}
 * @param title title of its alerts
 * @param measure the measured quantity
 * @param direction the side of the threshold on which the rule fires
 * @param changed true if a setting differs from its default
 * @param settings the complete settings
 * @param configFile the path of the configuration file that manages it, or null if users manage it
 */
record AlertRuleResponse(
        String id,
        String title,
        String measure,
        RuleId.Direction direction,
        boolean changed,
        RuleDocument settings,
        @Nullable String configFile) {

    static AlertRuleResponse of(AlertRule rule, @Nullable String configFile) {
        return new AlertRuleResponse(
                rule.id().id(),
                rule.id().title(),
                rule.id().measure(),
                rule.id().direction(),
                !rule.equals(BuiltInRules.of(rule.id())),
                RuleDocument.of(rule),
                configFile);
    }
}
