package dev.cachewarden.dashboard.run;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.dashboard.Shell;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.CeilingInput;
import dev.cachewarden.prune.PlanInput;
import dev.cachewarden.prune.PlanView;
import dev.cachewarden.prune.Plans;
import dev.cachewarden.prune.PolicyMode;
import dev.cachewarden.prune.RuleInput;
import dev.cachewarden.prune.RunRequest;
import dev.cachewarden.prune.Runs;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class PlanPageController {

    private static final int PAGE = 50;

    private final Plans plans;
    private final Runs runs;
    private final HostRegistry registry;
    private final Shell shell;

    PlanPageController(Plans plans, Runs runs, HostRegistry registry, Shell shell) {
        this.plans = plans;
        this.runs = runs;
        this.registry = registry;
        this.shell = shell;
    }

    /** A prune by hand, as typed in. */
    record PlanForm(
            long host,
            @Nullable List<String> types,
            @Nullable String unusedFor,
            @Nullable String maxUsedSpace,
            @Nullable String reservedSpace,
            @Nullable String maxBytes,
            @Nullable String maxShare) {

        public boolean names(String type) {
            return types != null && types.contains(type);
        }

        PlanInput toInput() {
            var rule = new RuleInput(types == null ? List.of() : types, unusedFor, maxUsedSpace, reservedSpace);
            return new PlanInput(host, null, List.of(rule), new CeilingInput(maxBytes, maxShare));
        }
    }

    @GetMapping("/plans/new")
    String fresh(@RequestParam long host, Model model) {
        return form(model, new PlanForm(host, List.of(), "7d", "", "", "", "20"));
    }

    @PostMapping("/plans")
    String make(PlanForm form, Model model, HttpServletResponse response) {
        try {
            return "redirect:/plans/"
                    + plans.make(form.toInput(), shell.person()).id();
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute(
                    "errors",
                    e.problems().stream()
                            .collect(Collectors.toMap(
                                    problem -> problem.field().replaceFirst("^.*\\.", ""),
                                    FieldProblem::reason,
                                    (one, other) -> one + " " + other)));
            return form(model, form);
        }
    }

    @GetMapping("/plans/{id}")
    String plan(@PathVariable long id, @RequestParam(required = false) @Nullable String after, Model model) {
        var plan = get(id);
        model.addAttribute("plan", plan);
        model.addAttribute("page", plans.records(id, Plans.RecordFilter.ALL, after, PAGE));
        model.addAttribute("first", after == null);
        model.addAttribute("report", plan.mode() == PolicyMode.REPORT);
        model.addAttribute("typed", needsTyping(plan));
        return "dashboard/plan";
    }

    @PostMapping("/plans/{id}/run")
    String run(@PathVariable long id, @RequestParam(defaultValue = "") String confirm, RedirectAttributes after) {
        var plan = get(id);
        if (needsTyping(plan) && !confirm.strip().equals(plan.hostName())) {
            after.addFlashAttribute(
                    "wrong", "'" + confirm.strip() + "' is not the name of the host. Nothing was started.");
            return "redirect:/plans/" + id;
        }
        return "redirect:/runs/" + runs.start(id, RunRequest.by(shell.person())).id();
    }

    /** For cache mounts, whose loss is felt in every build, and where more than half of the cache would go. */
    private static boolean needsTyping(PlanView plan) {
        long goes = plan.planned().size().bytes();
        return plan.byType()
                                .getOrDefault(RecordType.EXEC_CACHEMOUNT, Amount.NONE)
                                .records()
                        > 0
                || goes > plan.kept().size().bytes();
    }

    private String form(Model model, PlanForm form) {
        WatchedHost host = registry.find(new HostId(form.host()))
                .orElseThrow(() -> new NotFoundException("There is no host " + form.host() + "."));
        model.addAttribute("host", host);
        model.addAttribute("form", form);
        model.addAttribute(
                "allTypes",
                List.of("regular", "exec.cachemount", "source.local", "source.git.checkout", "frontend", "internal"));
        if (!model.containsAttribute("errors")) {
            model.addAttribute("errors", Map.of());
        }
        return "dashboard/plan-form";
    }

    private PlanView get(long id) {
        return plans.find(id).orElseThrow(() -> new NotFoundException("There is no plan " + id + "."));
    }
}
