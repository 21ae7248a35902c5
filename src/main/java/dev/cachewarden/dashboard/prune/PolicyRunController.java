package dev.cachewarden.dashboard.prune;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.PlanOutcome;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.plan.Plans;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The preview of what a policy would delete now, and its manual run. */
@Controller
class PolicyRunController {

    private static final int MANY_HOSTS = 10;

    private final Policies policies;
    private final Plans plans;
    private final Runs runs;

    PolicyRunController(Policies policies, Plans plans, Runs runs) {
        this.policies = policies;
        this.plans = plans;
        this.runs = runs;
    }

    /**
     * Shows what the policy would delete now. Each call stores new plans, and deletes nothing.
     *
     * @param host ID of the only host to plan for, or null for all hosts in the scope of the policy
     */
    @PostMapping("/policies/{id}/preview")
    String preview(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Long host,
            Principal principal,
            Model model) {
        if (host != null) {
            return "redirect:/plans/"
                    + plans.makeFor(id, new HostId(host), principal.getName()).id();
        }
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
        model.addAttribute(
                "total", made.stream().map(plan -> plan.effect().planned()).reduce(Amount.NONE, Amount::plus));
        model.addAttribute(
                "runnable",
                made.stream().filter(plan -> new PlanPage(plan).runnable()).toList());
        var wording = wording(made);
        model.addAttribute("heading", wording.heading());
        model.addAttribute("action", wording.action());
        model.addAttribute("askForName", askForName(made));
        return "dashboard/policy-preview";
    }

    /**
     * The words of the form that runs the plans.
     *
     * @param heading the start of the heading
     * @param action the label of the button
     */
    private record Wording(String heading, String action) {}

    /** Returns the words of the form. Some plans are run immediately, and others wait for approval. */
    private static Wording wording(List<PlanView> plans) {
        var runnable =
                plans.stream().filter(plan -> new PlanPage(plan).runnable()).toList();
        var deleted = sum(runnable.stream().filter(plan -> !plan.needsApproval()));
        var waiting = sum(runnable.stream().filter(PlanView::needsApproval));
        if (waiting.records() == 0) {
            return new Wording("Delete ", "Delete " + deleted.size());
        }
        return deleted.records() == 0
                ? new Wording("Request approval to delete ", "Request approval for " + waiting.size())
                : new Wording(
                        "Delete or request approval for ",
                        "Delete " + deleted.size() + ", request approval for " + waiting.size());
    }

    private static Amount sum(Stream<PlanView> plans) {
        return plans.map(plan -> plan.effect().planned()).reduce(Amount.NONE, Amount::plus);
    }

    private static boolean askForName(List<PlanView> plans) {
        var runnable =
                plans.stream().map(PlanPage::new).filter(PlanPage::runnable).toList();
        return runnable.size() >= MANY_HOSTS || runnable.stream().anyMatch(PlanPage::askForName);
    }

    /** Runs only the plans that the preview showed. */
    @PostMapping("/policies/{id}/run")
    String run(
            @PathVariable long id,
            @RequestParam(defaultValue = "") List<Long> plan,
            @RequestParam(defaultValue = "") String confirm,
            HttpServletRequest request,
            RedirectAttributes after) {
        var policy = get(id);
        var chosen = plan.stream()
                .filter(Objects::nonNull)
                .flatMap(number -> plans.find(number).stream())
                .filter(found -> found.policy() != null
                        && Long.valueOf(id).equals(found.policy().id()))
                .toList();
        if (chosen.isEmpty()) {
            after.addFlashAttribute(
                    "wrong", "The plans no longer exist. Nothing was deleted. Preview the policy again.");
            return "redirect:/policies/" + id;
        }
        if (askForName(chosen) && !confirm.strip().equals(policy.name())) {
            after.addFlashAttribute(
                    "wrong", "'" + confirm.strip() + "' is not the name of the policy. Nothing was deleted.");
            return "redirect:/policies/" + id;
        }
        return chosen.size() == 1
                ? startedOne(chosen.getFirst(), Caller.of(request), after, "redirect:/policies/" + id)
                : startedAll(chosen, Caller.of(request));
    }

    private String startedOne(PlanView plan, Caller by, RedirectAttributes after, String otherwise) {
        try {
            return "redirect:/runs/" + runs.start(plan.id(), RunRequest.by(by)).id();
        } catch (ConflictException e) {
            after.addFlashAttribute("wrong", plan.target().hostName() + ": " + e.getMessage());
            return otherwise;
        }
    }

    private String startedAll(List<PlanView> chosen, Caller by) {
        var plansOfThem = chosen.stream().map(PlanView::id).toList();
        return "redirect:/runs/groups/"
                + runs.startAll(plansOfThem, RunRequest.by(by)).id();
    }

    private PolicyView get(long id) {
        return policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
    }
}
