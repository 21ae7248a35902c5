package dev.cachewarden.dashboard.prune;

import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.plan.Plans;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class PlanFormController {

    private final Plans plans;
    private final HostRegistry hosts;

    PlanFormController(Plans plans, HostRegistry hosts) {
        this.plans = plans;
        this.hosts = hosts;
    }

    @GetMapping("/plans/new")
    String blank(
            @RequestParam(defaultValue = "") String host,
            @RequestParam(defaultValue = "") String mount,
            @RequestParam(defaultValue = "") String record,
            Model model) {
        return form(model, begun(host, mount, record), Map.of());
    }

    private static DocumentForm begun(String host, String mount, String record) {
        if (!record.isBlank()) {
            return PlanForm.forRecord(host, record);
        }
        return mount.isBlank() ? PlanForm.forHost(host) : PlanForm.forMount(host, mount);
    }

    @PostMapping("/plans")
    String make(
            @RequestParam MultiValueMap<String, String> typed,
            Principal principal,
            Model model,
            HttpServletResponse response) {
        var form = DocumentForm.read(typed);
        try {
            return "redirect:/plans/"
                    + plans.make(PlanForm.toInput(form), principal.getName()).id();
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            return form(model, form, FormValues.problems(e));
        } catch (ConflictException e) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            model.addAttribute("wrong", e.getMessage());
            return form(model, form, Map.of());
        }
    }

    private String form(Model model, DocumentForm form, Map<String, String> problems) {
        model.addAttribute("hosts", hosts.all());
        model.addAttribute("form", form);
        model.addAttribute("problems", problems);
        return "dashboard/plan-form";
    }
}
