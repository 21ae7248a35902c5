package dev.cachewarden.dashboard.prune;

import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.store.PolicyExport;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class PolicyExportPageController {

    private final Policies policies;

    PolicyExportPageController(Policies policies) {
        this.policies = policies;
    }

    @GetMapping("/policies/{id}/export")
    String export(@PathVariable long id, @RequestParam(defaultValue = "daemon.json") String format, Model model) {
        var policy = policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
        try {
            var chosen = PolicyExport.Format.of(format);
            model.addAttribute("chosen", chosen);
            model.addAttribute("export", PolicyExport.of(policy.content(), chosen));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("format", String.valueOf(e.getMessage()));
        }
        model.addAttribute("policy", policy);
        model.addAttribute("formats", PolicyExport.Format.values());
        return "dashboard/policy-export";
    }
}
