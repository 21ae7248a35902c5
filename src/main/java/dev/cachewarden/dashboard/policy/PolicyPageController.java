package dev.cachewarden.dashboard.policy;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.dashboard.prune.PlanPage;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.PlanOutcome;
import dev.cachewarden.prune.PlanView;
import dev.cachewarden.prune.Plans;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.PolicyMode;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.RunRequest;
import dev.cachewarden.prune.Runs;
import dev.cachewarden.prune.check.PolicyChecks;
import dev.cachewarden.prune.priority.Governance;
import dev.cachewarden.prune.version.PolicyVersions;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class PolicyPageController {

    private static final int FIRES_SHOWN = 5;
    private static final int VERSIONS_SHOWN = 10;
    private static final int MANY_HOSTS = 10;

    private final Policies policies;
    private final Plans plans;
    private final HostRegistry hosts;
    private final PolicyVersions versions;
    private final Runs runs;
    private final PolicyChecks checks;

    PolicyPageController(
            Policies policies,
            Plans plans,
            HostRegistry hosts,
            PolicyVersions versions,
            Runs runs,
            PolicyChecks checks) {
        this.policies = policies;
        this.plans = plans;
        this.hosts = hosts;
        this.versions = versions;
        this.runs = runs;
        this.checks = checks;
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
        model.addAttribute("overruled", overruled(policy));
        model.addAttribute("warnings", checks.of(policy));
        var all = versions.of(id);
        model.addAttribute("versions", all.stream().limit(VERSIONS_SHOWN).toList());
        model.addAttribute("olderVersions", Math.max(0, all.size() - VERSIONS_SHOWN));
        model.addAttribute("fires", fires(policy));
        return "dashboard/policy";
    }

    /** Shows what the policy would do now. Plans are stored anew each time; nothing is deleted. */
    @PostMapping("/policies/{id}/preview")
    String preview(@PathVariable long id, Principal principal, Model model) {
        var outcomes = plans.makeFor(id, principal.getName());
        return previewed(id, outcomes, model);
    }

    private String previewed(long id, List<PlanOutcome> outcomes, Model model) {
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
        model.addAttribute(
                "runnable",
                made.stream().filter(plan -> new PlanPage(plan).runnable()).toList());
        model.addAttribute("askForName", askForName(made));
        return "dashboard/policy-preview";
    }

    private static boolean askForName(List<PlanView> plans) {
        var runnable =
                plans.stream().map(PlanPage::new).filter(PlanPage::runnable).toList();
        return runnable.size() >= MANY_HOSTS || runnable.stream().anyMatch(PlanPage::askForName);
    }

    /** Runs the plans that the preview showed, and no others. */
    @PostMapping("/policies/{id}/run")
    String run(
            @PathVariable long id,
            @RequestParam(defaultValue = "") List<Long> plan,
            @RequestParam(defaultValue = "") String confirm,
            HttpServletRequest request,
            RedirectAttributes after) {
        var policy = get(id);
        var chosen = plan.stream()
                .flatMap(number -> plans.find(number).stream())
                .filter(found -> found.policy() != null
                        && Long.valueOf(id).equals(found.policy().id()))
                .toList();
        if (chosen.isEmpty()) {
            after.addFlashAttribute("wrong", "There is nothing to run: the plans are gone. Nothing was deleted.");
            return "redirect:/policies/" + id;
        }
        if (askForName(chosen) && !confirm.strip().equals(policy.name())) {
            after.addFlashAttribute(
                    "wrong", "'" + confirm.strip() + "' is not the name of the policy. Nothing was deleted.");
            return "redirect:/policies/" + id;
        }
        return started(chosen, Caller.of(request), after, "redirect:/runs?policy=" + id);
    }

    private String started(List<PlanView> chosen, Caller by, RedirectAttributes after, String list) {
        var refused = new ArrayList<String>();
        var begun = new ArrayList<Long>();
        for (var plan : chosen) {
            try {
                begun.add(runs.start(plan.id(), RunRequest.by(by)).id());
            } catch (ConflictException e) {
                refused.add(plan.hostName() + ": " + e.getMessage());
            }
        }
        if (!refused.isEmpty()) {
            after.addFlashAttribute("wrong", String.join(" ", refused));
        }
        if (begun.size() == 1) {
            return "redirect:/runs/" + begun.getFirst();
        }
        if (!begun.isEmpty()) {
            after.addFlashAttribute(
                    "said", begun.size() + " runs are stored; each can be called off before it starts.");
        }
        return list;
    }

    @GetMapping("/policies/{id}/delete")
    String askBeforeDeleting(@PathVariable long id, Model model) {
        var policy = get(id);
        PolicySummary.checkOfPeople(policy);
        model.addAttribute("view", PolicySummary.of(policy));
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

    /** Hosts in its scope that another policy prunes, with the reason. */
    private List<Overruled> overruled(PolicyView policy) {
        if (!policy.enabled() || policy.mode() == PolicyMode.REPORT) {
            return List.of();
        }
        var all = policies.all();
        return inScope(policy).stream()
                .flatMap(host -> Governance.of(addresses(host), all)
                        .overruling(policy)
                        .map(by -> new Overruled(host, by, Governance.why(by, policy)))
                        .stream())
                .toList();
    }

    private List<WatchedHost> addresses(WatchedHost host) {
        return host.engineId() == null ? List.of(host) : hosts.withEngine(host.engineId());
    }

    /** A host that another policy prunes. */
    record Overruled(WatchedHost host, PolicyView by, String why) {}

    private List<Instant> fires(PolicyView policy) {
        return policy.enabled() && policy.cron() != null
                ? policies.nextFires(policy.cron(), policy.timeZone().getId(), FIRES_SHOWN)
                : List.of();
    }

    private PolicyView get(long id) {
        return policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
    }
}
