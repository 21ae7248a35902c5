package dev.cachewarden.dashboard.policy;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.dashboard.Shell;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.PlanOutcome;
import dev.cachewarden.prune.Plans;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.RunRequest;
import dev.cachewarden.prune.Runs;
import dev.cachewarden.rest.NotFoundException;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class PolicyPageController {

    /** From so many hosts on, running a policy asks for its name to be typed. */
    static final int TYPED_FROM = 10;

    private static final int NEXT_FIRES = 3;
    private static final int RECENT_RUNS = 5;

    private final Policies policies;
    private final Plans plans;
    private final Runs runs;
    private final HostRegistry registry;
    private final Shell shell;

    PolicyPageController(Policies policies, Plans plans, Runs runs, HostRegistry registry, Shell shell) {
        this.policies = policies;
        this.plans = plans;
        this.runs = runs;
        this.registry = registry;
        this.shell = shell;
    }

    /** A policy in the list. */
    record Row(PolicyView policy, long hosts) {}

    @GetMapping("/policies")
    String list(Model model) {
        model.addAttribute(
                "rows",
                policies.all().stream()
                        .map(policy -> new Row(policy, covered(policy).size()))
                        .toList());
        return "dashboard/policies";
    }

    @GetMapping("/policies/{id}")
    String policy(@PathVariable long id, Model model) {
        var policy = get(id);
        model.addAttribute("policy", policy);
        model.addAttribute("hosts", covered(policy));
        model.addAttribute("fires", fires(policy));
        model.addAttribute(
                "runs",
                runs.list(new Runs.RunFilter(Set.of(), null, id), null, RECENT_RUNS)
                        .items());
        return "dashboard/policy";
    }

    /** Works the policy out for every host in its scope; deletes nothing. */
    @PostMapping("/policies/{id}/preview")
    String preview(@PathVariable long id, Model model) {
        var policy = get(id);
        var outcomes = plans.makeFor(id, shell.person());
        if (outcomes.size() == 1 && outcomes.getFirst() instanceof PlanOutcome.Planned planned) {
            return "redirect:/plans/" + planned.plan().id();
        }
        model.addAttribute("policy", policy);
        model.addAttribute(
                "plans",
                outcomes.stream()
                        .filter(PlanOutcome.Planned.class::isInstance)
                        .map(outcome -> ((PlanOutcome.Planned) outcome).plan())
                        .toList());
        model.addAttribute(
                "refused",
                outcomes.stream().filter(PlanOutcome.Refused.class::isInstance).toList());
        model.addAttribute("sum", sum(outcomes));
        model.addAttribute("typed", outcomes.size() >= TYPED_FROM);
        return "dashboard/policy-preview";
    }

    @PostMapping("/policies/{id}/run")
    String run(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String confirm,
            Model model,
            HttpServletResponse response,
            RedirectAttributes after) {
        var policy = get(id);
        if (covered(policy).size() >= TYPED_FROM && !confirm.strip().equals(policy.name())) {
            after.addFlashAttribute(
                    "wrong", "'" + confirm.strip() + "' is not the name of the policy. Nothing was started.");
            return "redirect:/policies/" + id;
        }
        model.addAttribute("policy", policy);
        model.addAttribute("outcomes", runs.startFor(id, RunRequest.by(shell.person())));
        return "dashboard/policy-run";
    }

    @GetMapping("/policies/{id}/delete")
    String askBeforeDeleting(@PathVariable long id, Model model) {
        model.addAttribute("policy", get(id));
        return "dashboard/policy-delete";
    }

    @PostMapping("/policies/{id}/delete")
    String delete(@PathVariable long id, RedirectAttributes after) {
        var policy = get(id);
        policies.remove(id);
        after.addFlashAttribute("said", "The policy '" + policy.name() + "' is deleted. Its plans and runs stay.");
        return "redirect:/policies";
    }

    private static Amount sum(List<PlanOutcome> outcomes) {
        return outcomes.stream()
                .filter(PlanOutcome.Planned.class::isInstance)
                .map(outcome -> ((PlanOutcome.Planned) outcome).plan().planned())
                .reduce(Amount.NONE, Amount::plus);
    }

    private List<Instant> fires(PolicyView policy) {
        return policy.cron() == null
                ? List.of()
                : policies.nextFires(policy.cron(), policy.timeZone().getId(), NEXT_FIRES);
    }

    private List<WatchedHost> covered(PolicyView policy) {
        return registry.all().stream()
                .filter(host -> policy.covers(host.labels()))
                .toList();
    }

    private PolicyView get(long id) {
        return policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
    }
}
