package dev.cachewarden.dashboard.alert;

import dev.cachewarden.alert.RuleDocument;
import dev.cachewarden.alert.RuleDocument.Levels;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.alert.store.AlertRules;
import dev.cachewarden.rest.AuditDetail;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages of the alert rules: the list, and the form of one rule. */
@Controller
class AlertRulePageController {

    private final AlertRules rules;

    AlertRulePageController(AlertRules rules) {
        this.rules = rules;
    }

    /** The fields of the form. An empty threshold disables its level. */
    public record RuleForm(
            @Nullable Boolean enabled,
            @Nullable String info,
            @Nullable String infoClear,
            @Nullable String warning,
            @Nullable String warningClear,
            @Nullable String critical,
            @Nullable String criticalClear,
            @Nullable String pendingFor,
            @Nullable String scope) {

        static RuleForm of(RuleDocument document) {
            return new RuleForm(
                    Boolean.TRUE.equals(document.enabled()),
                    threshold(document.info()),
                    clear(document.info()),
                    threshold(document.warning()),
                    clear(document.warning()),
                    threshold(document.critical()),
                    clear(document.critical()),
                    text(document.pendingFor()),
                    text(document.scope()));
        }

        private static String threshold(@Nullable Levels levels) {
            return levels == null || RuleDocument.NONE.equals(levels.threshold()) ? "" : text(levels.threshold());
        }

        private static String clear(@Nullable Levels levels) {
            return levels == null ? "" : text(levels.clear());
        }

        private static String text(@Nullable String text) {
            return text == null ? "" : text;
        }

        RuleDocument toDocument() {
            return new RuleDocument(
                    Boolean.TRUE.equals(enabled),
                    levels(info, infoClear),
                    levels(warning, warningClear),
                    levels(critical, criticalClear),
                    pendingFor,
                    text(scope));
        }

        private static Levels levels(@Nullable String threshold, @Nullable String clear) {
            return text(threshold).isBlank() ? new Levels(RuleDocument.NONE, null) : new Levels(threshold, clear);
        }
    }

    @GetMapping("/alerts/rules")
    String list(Model model) {
        model.addAttribute("rules", rules.all().values());
        model.addAttribute("files", rules.files());
        return "dashboard/alert-rules";
    }

    @GetMapping("/alerts/rules/{id}")
    String edit(@PathVariable String id, Model model) {
        var rule = rules.find(rule(id));
        return form(rule.id(), RuleForm.of(RuleDocument.of(rule)), Map.of(), model);
    }

    private String form(RuleId rule, RuleForm form, Map<String, String> problems, Model model) {
        model.addAttribute("rule", rule);
        model.addAttribute("file", rules.files().get(rule));
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        return "dashboard/alert-rule-form";
    }

    @PostMapping("/alerts/rules/{id}")
    String save(
            @PathVariable String id,
            @ModelAttribute RuleForm input,
            HttpServletRequest request,
            RedirectAttributes after,
            HttpServletResponse response,
            Model model) {
        var rule = rule(id);
        try {
            var saved =
                    rules.change(rule, input.toDocument(), Caller.of(request).name());
            AuditDetail.set(request, saved.enabled() ? "Enabled" : "Disabled");
            after.addFlashAttribute("notice", "Rule '" + rule.title() + "' is saved.");
            return "redirect:/alerts/rules";
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return form(rule, input, AlertPageController.problems(e), model);
        } catch (ConflictException e) {
            after.addFlashAttribute("wrong", e.getMessage());
            return "redirect:/alerts/rules";
        }
    }

    @PostMapping("/alerts/rules/{id}/restore")
    String restore(@PathVariable String id, RedirectAttributes after) {
        try {
            var rule = rules.reset(rule(id));
            after.addFlashAttribute("notice", "Rule '" + rule.id().title() + "' has its defaults again.");
        } catch (ConflictException e) {
            after.addFlashAttribute("wrong", e.getMessage());
        }
        return "redirect:/alerts/rules";
    }

    private static RuleId rule(String id) {
        return RuleId.parse(id).orElseThrow(() -> new NotFoundException("There is no alert rule " + id + "."));
    }
}
