package dev.cachewarden.alert.web;

import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.alert.RuleDocument;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.store.AlertRules;
import dev.cachewarden.rest.AuditDetail;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.rest.list.Paging;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The REST API for the rules of alerts. */
@RestController
@RequestMapping("/api/v1/alert-rules")
class AlertRuleController {

    private final AlertRules rules;

    AlertRuleController(AlertRules rules) {
        this.rules = rules;
    }

    /** Returns all rules with their settings. */
    @GetMapping
    Page<AlertRuleResponse> listAlertRules(Paging paging) {
        return paging.of("alert-rules", List.copyOf(rules.all().values()), this::response, AlertRuleResponse::id);
    }

    /** Returns a rule with its settings. */
    @GetMapping("/{id}")
    AlertRuleResponse getAlertRule(@PathVariable String id) {
        return response(rules.find(rule(id)));
    }

    /** Replaces the settings of a rule. Absent settings get their defaults. */
    @PutMapping("/{id}")
    AlertRuleResponse updateAlertRule(
            @PathVariable String id, @RequestBody RuleDocument request, HttpServletRequest http) {
        var rule = rules.change(rule(id), request, Caller.of(http).name());
        AuditDetail.set(http, rule.enabled() ? "Enabled" : "Disabled");
        return response(rule);
    }

    /** Restores the defaults of a rule. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void restoreAlertRule(@PathVariable String id) {
        rules.reset(rule(id));
    }

    private AlertRuleResponse response(AlertRule rule) {
        return AlertRuleResponse.of(rule, rules.files().get(rule.id()));
    }

    private static RuleId rule(String id) {
        return RuleId.parse(id).orElseThrow(() -> new NotFoundException("There is no alert rule " + id + "."));
    }
}
