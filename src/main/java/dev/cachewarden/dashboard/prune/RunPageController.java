package dev.cachewarden.dashboard.prune;

import dev.cachewarden.analytics.PruneEffect;
import dev.cachewarden.analytics.PruneEffects;
import dev.cachewarden.dashboard.Words;
import dev.cachewarden.plan.Plans;
import dev.cachewarden.plan.Plans.RecordFilter;
import dev.cachewarden.plan.RecordOutcome;
import dev.cachewarden.plan.RecordsCsv;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class RunPageController {

    private static final int PAGE = 100;

    private final Runs runs;
    private final Plans plans;
    private final PruneEffects effects;
    private final InstantSource clock;
    private final Words words;

    RunPageController(Runs runs, Plans plans, PruneEffects effects, InstantSource clock, Words words) {
        this.runs = runs;
        this.plans = plans;
        this.effects = effects;
        this.clock = clock;
        this.words = words;
    }

    @GetMapping("/runs/{id}")
    String run(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable RecordOutcome outcome,
            @RequestParam(required = false) @Nullable String after,
            HttpServletRequest request,
            Model model) {
        var run = get(id);
        model.addAttribute("approval", runs.approval(run, Caller.of(request)));
        model.addAttribute("view", new RunPage(run, plans.find(run.plan().id()).orElse(null), clock.instant(), words));
        model.addAttribute("effect", effect(run));
        model.addAttribute("records", plans.records(run.plan().id(), new RecordFilter(outcome), after, PAGE));
        model.addAttribute("outcome", outcome);
        model.addAttribute("outcomes", RecordOutcome.values());
        model.addAttribute("after", after);
        return "dashboard/run";
    }

    /** Returns the effect of the run on later builds, or null if the run has not ended or deleted nothing. */
    private @Nullable PruneEffect effect(RunView run) {
        return run.course().startedAt() == null
                        || run.course().endedAt() == null
                        || run.result().deleted().records() == 0
                ? null
                : effects.of(
                        run.id(),
                        run.target().builder(),
                        run.target().engineId(),
                        run.course().startedAt(),
                        run.course().endedAt());
    }

    /** Writes the records as CSV. A link cannot request a media type like a REST client, so this is a separate path. */
    @GetMapping("/runs/{id}/records.csv")
    void csv(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable RecordOutcome outcome,
            HttpServletResponse response)
            throws IOException {
        RecordsCsv.write(plans, get(id).plan().id(), new RecordFilter(outcome), response, "run-" + id + ".csv");
    }

    @PostMapping("/runs/{id}/cancel")
    String cancel(
            @PathVariable long id,
            @RequestParam(defaultValue = "") String back,
            HttpServletRequest request,
            RedirectAttributes after) {
        try {
            var run = runs.cancel(id, Caller.of(request));
            after.addFlashAttribute(
                    "notice",
                    run.state().ended()
                            ? "Run " + id + " is canceled. It deleted nothing."
                            : "Run " + id + " stops after its current batch.");
        } catch (ConflictException e) {
            after.addFlashAttribute("wrong", e.getMessage());
        }
        return back.equals("list") ? "redirect:/runs" : "redirect:/runs/" + id;
    }

    @PostMapping("/runs/{id}/approve")
    String approve(@PathVariable long id, HttpServletRequest request, RedirectAttributes after) {
        var caller = Caller.of(request);
        try {
            runs.approve(id, caller, null);
            after.addFlashAttribute("notice", "Run " + id + " is approved.");
        } catch (ConflictException e) {
            after.addFlashAttribute("wrong", e.getMessage());
        }
        return "redirect:/runs/" + id;
    }

    private RunView get(long id) {
        return runs.find(id).orElseThrow(() -> new NotFoundException("There is no run " + id + "."));
    }
}
