package dev.cachewarden.dashboard.policy;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.PlanOutcome;
import dev.cachewarden.prune.PlanView;
import dev.cachewarden.prune.Plans;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.rest.NotFoundException;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class PolicyPageController {

    private static final int FIRES_SHOWN = 3;

    private final Policies policies;
    private final Plans plans;
    private final HostRegistry hosts;

    PolicyPageController(Policies policies, Plans plans, HostRegistry hosts) {
        this.policies = policies;
        this.plans = plans;
        this.hosts = hosts;
    }

    @GetMapping("/policies")
    String list(Model model) {
        model.addAttribute(
                "policies", policies.all().stream().map(PolicySummary::of).toList());
        return "dashboard/policies";
    }

    @GetMapping("/policies/{id}")
    String policy(@PathVariable long id, Model model) {
        var policy = get(id);
        model.addAttribute("view", PolicySummary.of(policy));
        model.addAttribute("hosts", inScope(policy));
        model.addAttribute("fires", fires(policy));
        return "dashboard/policy";
    }

    /** Shows what the policy would do now. Plans are stored anew each time; nothing is deleted. */
    @PostMapping("/policies/{id}/preview")
    String preview(@PathVariable long id, Principal principal, Model model) {
        var outcomes = plans.makeFor(id, principal.getName());
        var made = outcomes.stream()
                .filter(PlanOutcome.Planned.class::isInstance)
                .map(outcome -> ((PlanOutcome.Planned) outcome).plan())
                .toList();
        model.addAttribute("view", PolicySummary.of(get(id)));
        model.addAttribute("plans", made);
        model.addAttribute(
                "refusals",
                outcomes.stream().filter(PlanOutcome.Refused.class::isInstance).toList());
        model.addAttribute("total", made.stream().map(PlanView::planned).reduce(Amount.NONE, Amount::plus));
        return "dashboard/policy-preview";
    }

    @GetMapping("/policies/{id}/delete")
    String askBeforeDeleting(@PathVariable long id, Model model) {
        model.addAttribute("view", PolicySummary.of(get(id)));
        return "dashboard/policy-delete";
    }

    @PostMapping("/policies/{id}/delete")
    String delete(@PathVariable long id, RedirectAttributes after) {
        var policy = get(id);
        policies.remove(id);
        after.addFlashAttribute("said", "'" + policy.name() + "' is deleted. Its plans and runs stay.");
        return "redirect:/policies";
    }

    private List<WatchedHost> inScope(PolicyView policy) {
        return hosts.all().stream().filter(host -> policy.covers(host)).toList();
    }

    private List<Instant> fires(PolicyView policy) {
        return policy.enabled() && policy.cron() != null
                ? policies.nextFires(policy.cron(), policy.timeZone().getId(), FIRES_SHOWN)
                : List.of();
    }

    private PolicyView get(long id) {
        return policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
    }
}
