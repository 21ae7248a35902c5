package dev.cachewarden.dashboard.policy;

import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class PolicyFormController {

    private static final List<String> TYPES = List.of(
            RecordType.REGULAR.name(),
            RecordType.EXEC_CACHEMOUNT.name(),
            RecordType.SOURCE_LOCAL.name(),
            RecordType.SOURCE_GIT_CHECKOUT.name(),
            RecordType.FRONTEND.name(),
            RecordType.INTERNAL.name());

    private final Policies policies;

    PolicyFormController(Policies policies) {
        this.policies = policies;
    }

    @GetMapping("/policies/new")
    String fresh(Model model) {
        return form(model, null, PolicyForm.EMPTY);
    }

    @GetMapping("/policies/{id}/edit")
    String edit(@PathVariable long id, Model model) {
        var policy = get(id);
        return form(model, policy, PolicyForm.of(policy));
    }

    @PostMapping("/policies")
    String add(
            PolicyForm form,
            @RequestParam(defaultValue = "save") String action,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        return save(null, form, action, model, response, after);
    }

    @PostMapping("/policies/{id}")
    String change(
            @PathVariable long id,
            PolicyForm form,
            @RequestParam(defaultValue = "save") String action,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        return save(get(id), form, action, model, response, after);
    }

    private String save(
            @Nullable PolicyView policy,
            PolicyForm form,
            String action,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        if (action.equals("add-rule")) {
            return form(model, policy, form.withRule());
        }
        if (action.startsWith("remove-rule-")) {
            return form(model, policy, form.withoutRule(Integer.parseInt(action.substring("remove-rule-".length()))));
        }
        try {
            var saved = policy == null
                    ? policies.create(form.toInput())
                    : policies.change(policy.id(), form.toInput(), form.version());
            after.addFlashAttribute("said", "Saved as version " + saved.version() + ".");
            return "redirect:/policies/" + saved.id();
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute(
                    "errors",
                    e.problems().stream()
                            .collect(Collectors.toMap(
                                    FieldProblem::field, FieldProblem::reason, (one, other) -> one + " " + other)));
            return form(model, policy, form);
        }
    }

    private static String form(Model model, @Nullable PolicyView policy, PolicyForm form) {
        model.addAttribute("policy", policy);
        model.addAttribute("form", form);
        model.addAttribute("allTypes", TYPES);
        if (!model.containsAttribute("errors")) {
            model.addAttribute("errors", Map.of());
        }
        return "dashboard/policy-form";
    }

    private PolicyView get(long id) {
        return policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
    }
}
