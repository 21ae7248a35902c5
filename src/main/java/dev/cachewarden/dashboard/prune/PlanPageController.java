package dev.cachewarden.dashboard.prune;

import dev.cachewarden.plan.PlanView;
import dev.cachewarden.plan.Plans;
import dev.cachewarden.plan.Plans.RecordFilter;
import dev.cachewarden.plan.RecordsCsv;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class PlanPageController {

    private static final int PAGE = 100;

    private final Plans plans;
    private final Runs runs;

    PlanPageController(Plans plans, Runs runs) {
        this.plans = plans;
        this.runs = runs;
    }

    @GetMapping("/plans/{id}")
    String plan(@PathVariable long id, @RequestParam(required = false) @Nullable String after, Model model) {
        return page(model, get(id), after);
    }

    @GetMapping("/plans/{id}/records.csv")
    void csv(@PathVariable long id, HttpServletResponse response) throws IOException {
        RecordsCsv.write(plans, id, RecordFilter.ALL, response, "plan-" + id + ".csv");
    }

    /** Runs the displayed plan. A second click leads to the same run. */
    @PostMapping("/plans/{id}/run")
    String run(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String confirm,
            HttpServletRequest request,
            Model model,
            HttpServletResponse response) {
        var plan = get(id);
        if (plan.runId() != null) {
            return "redirect:/runs/" + plan.runId();
        }
        if (!new PlanPage(plan).confirmedBy(confirm)) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute(
                    "unconfirmed", "'" + confirm.strip() + "' is not the name of the host. Nothing was deleted.");
            return page(model, plan, null);
        }
        try {
            return "redirect:/runs/"
                    + runs.start(id, RunRequest.by(Caller.of(request))).id();
        } catch (ConflictException e) {
            return refused(id, e, model, response);
        }
    }

    private String refused(long id, ConflictException refusal, Model model, HttpServletResponse response) {
        var now = get(id);
        if (now.runId() != null) {
            return "redirect:/runs/" + now.runId();
        }
        response.setStatus(HttpServletResponse.SC_CONFLICT);
        model.addAttribute("wrong", refusal.getMessage());
        return page(model, now, null);
    }

    private String page(Model model, PlanView plan, @Nullable String after) {
        model.addAttribute("view", new PlanPage(plan));
        model.addAttribute("records", plans.records(plan.id(), RecordFilter.ALL, after, PAGE));
        model.addAttribute("after", after);
        return "dashboard/plan";
    }

    private PlanView get(long id) {
        return plans.find(id).orElseThrow(() -> new NotFoundException("There is no plan " + id + "."));
    }
}
