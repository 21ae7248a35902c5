package dev.cachewarden.dashboard.prune;

import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyChange;
import dev.cachewarden.policy.PolicyVersionView;
import dev.cachewarden.policy.PolicyVersions;
import dev.cachewarden.policy.RuleWords;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class PolicyVersionPageController {

    private final Policies policies;
    private final PolicyVersions versions;

    PolicyVersionPageController(Policies policies, PolicyVersions versions) {
        this.policies = policies;
        this.versions = versions;
    }

    /**
     * Shows a version compared with another one.
     *
     * @param with other version, or null for the previous one
     */
    @GetMapping("/policies/{id}/versions/{number}")
    String version(
            @PathVariable long id,
            @PathVariable int number,
            @RequestParam(required = false) @Nullable Integer with,
            Model model) {
        var policy = policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
        var version = get(id, number);
        int other = with == null ? Math.max(1, number - 1) : with;
        var compared = get(id, other);
        var content = version.content();
        model.addAttribute("policy", policy);
        model.addAttribute("version", version);
        model.addAttribute("compared", compared);
        model.addAttribute("versions", versions.of(id));
        model.addAttribute("changes", PolicyChange.between(compared.content(), content, RuleWords::of));
        model.addAttribute("rules", content.rules().stream().map(RuleWords::of).toList());
        model.addAttribute("guards", GuardWords.of(content.guards()));
        model.addAttribute("schedule", ScheduleWords.of(content.triggers()));
        return "dashboard/policy-version";
    }

    @PostMapping("/policies/{id}/versions/{number}/restore")
    String restore(@PathVariable long id, @PathVariable int number, Principal principal, RedirectAttributes after) {
        try {
            var policy = versions.restore(id, number, principal.getName());
            after.addFlashAttribute(
                    "notice", "Version " + number + " is restored as version " + policy.version() + ".");
        } catch (InvalidInputException e) {
            after.addFlashAttribute("wrong", "Version " + number + " cannot be restored: " + e.getMessage());
        }
        return "redirect:/policies/" + id;
    }

    private PolicyVersionView get(long id, int number) {
        return versions.find(id, number)
                .orElseThrow(() -> new NotFoundException("There is no version " + number + " of policy " + id + "."));
    }
}
