package dev.cachewarden.dashboard.policy;

import dev.cachewarden.dashboard.prune.Typed;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.template.PolicyTemplates;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class PolicyFormController {

    private final Policies policies;

    PolicyFormController(Policies policies) {
        this.policies = policies;
    }

    @GetMapping("/policies/new")
    String blank(@RequestParam(required = false) @Nullable String template, Model model) {
        model.addAttribute("templates", PolicyTemplates.all());
        model.addAttribute("chosen", template);
        var form = template == null
                ? PolicyForm.EMPTY
                : PolicyTemplates.find(template)
                        .map(found -> PolicyForm.of(policies.read(found.policy()), ""))
                        .orElseThrow(() -> new NotFoundException("There is no template '" + template + "'."));
        return form(model, null, form, Map.of());
    }

    @GetMapping("/policies/{id}/edit")
    String filled(@PathVariable long id, Model model) {
        var policy = get(id);
        PolicySummary.checkOfPeople(policy);
        return form(model, policy, PolicyForm.of(policy), Map.of());
    }

    @PostMapping("/policies/new")
    String create(
            @RequestParam MultiValueMap<String, String> typed,
            Principal principal,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        var form = PolicyForm.read(typed);
        try {
            var policy = policies.create(form.toInput(), principal.getName());
            after.addFlashAttribute(
                    "said",
                    "'" + policy.name() + "' is saved. Preview it before you rely on it; that deletes nothing.");
            return "redirect:/policies/" + policy.id();
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return form(model, null, form, Typed.problems(e));
        }
    }

    @PostMapping("/policies/{id}/edit")
    String change(
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> typed,
            Principal principal,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        var before = get(id);
        var form = PolicyForm.read(typed);
        try {
            var policy = policies.change(id, form.toInput(), form.expectedVersion(), principal.getName());
            after.addFlashAttribute("said", "Version " + policy.version() + " is saved.");
            return "redirect:/policies/" + id;
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return form(model, before, form, Typed.problems(e));
        } catch (ConflictException e) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            model.addAttribute("wrong", e.getMessage());
            return form(model, before, form, Map.of());
        }
    }

    private static String form(
            Model model, @Nullable PolicyView policy, PolicyForm form, Map<String, String> problems) {
        model.addAttribute("policy", policy);
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        model.addAttribute("page", UUID.randomUUID());
        return "dashboard/policy-form";
    }

    private PolicyView get(long id) {
        return policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
    }
}
