package dev.cachewarden.dashboard.run;

import dev.cachewarden.dashboard.Shell;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.prune.Plans;
import dev.cachewarden.prune.RecordOutcome;
import dev.cachewarden.prune.RunState;
import dev.cachewarden.prune.RunView;
import dev.cachewarden.prune.Runs;
import dev.cachewarden.rest.CsvWriter;
import dev.cachewarden.rest.NotFoundException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class RunPageController {

    private static final int PAGE = 50;
    private static final int RECORDS = 50;

    private final Runs runs;
    private final Plans plans;
    private final HostRegistry registry;
    private final Shell shell;
    private final InstantSource clock;

    RunPageController(Runs runs, Plans plans, HostRegistry registry, Shell shell, InstantSource clock) {
        this.runs = runs;
        this.plans = plans;
        this.registry = registry;
        this.shell = shell;
        this.clock = clock;
    }

    @GetMapping("/runs")
    String list(
            @RequestParam(required = false) @Nullable RunState state,
            @RequestParam(required = false) @Nullable Long host,
            @RequestParam(required = false) @Nullable Long policy,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var filter = new Runs.RunFilter(state == null ? Set.of() : Set.of(state), builder(host), policy);
        model.addAttribute("page", runs.list(filter, after, PAGE));
        model.addAttribute("state", state);
        model.addAttribute("states", RunState.values());
        model.addAttribute("host", host);
        model.addAttribute("policy", policy);
        model.addAttribute("first", after == null);
        model.addAttribute("filtered", state != null || host != null || policy != null);
        return "dashboard/runs";
    }

    private @Nullable BuilderId builder(@Nullable Long host) {
        if (host == null) {
            return null;
        }
        return registry.find(new HostId(host)).stream()
                .flatMap(found -> found.builders().stream())
                .map(dev.cachewarden.host.Builder::id)
                .findFirst()
                .orElse(new BuilderId(-1));
    }

    @GetMapping("/runs/{id}")
    String run(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable RecordOutcome outcome,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var run = get(id);
        model.addAttribute("run", run);
        model.addAttribute("progress", Progress.of(run, clock.instant()));
        model.addAttribute("plan", plans.find(run.planId()).orElse(null));
        model.addAttribute("page", plans.records(run.planId(), new Plans.RecordFilter(outcome), after, RECORDS));
        model.addAttribute("outcome", outcome);
        model.addAttribute("first", after == null);
        return "dashboard/run";
    }

    @PostMapping("/runs/{id}/cancel")
    String cancel(@PathVariable long id, RedirectAttributes after) {
        var run = runs.cancel(id, shell.person());
        after.addFlashAttribute(
                "said",
                run.state().ended()
                        ? "Called off. Nothing was deleted."
                        : "It stops after the present batch, and then tells what is gone.");
        return "redirect:/runs/" + id;
    }

    @PostMapping("/runs/{id}/approve")
    String approve(@PathVariable long id, RedirectAttributes after) {
        runs.approve(id, shell.person(), null);
        after.addFlashAttribute("said", "Approved. It starts after the countdown.");
        return "redirect:/runs/" + id;
    }

    @GetMapping("/runs/{id}/export.csv")
    void export(@PathVariable long id, HttpServletResponse response) throws IOException {
        var run = get(id);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"run-" + id + ".csv\"");
        var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
        var csv = new CsvWriter(
                out,
                "position",
                "id",
                "type",
                "sizeBytes",
                "lastUsedAt",
                "usageCount",
                "rule",
                "reason",
                "outcome",
                "outcomeReason",
                "outcomeAt",
                "deletedBytes",
                "description");
        plans.forEachRecord(
                run.planId(),
                Plans.RecordFilter.ALL,
                record -> csv.row(
                        record.position(),
                        record.id(),
                        record.type(),
                        record.size().bytes(),
                        record.lastUsedAt(),
                        record.usageCount(),
                        record.rule(),
                        record.reason(),
                        record.outcome(),
                        record.outcomeReason(),
                        record.outcomeAt(),
                        record.deletedBytes() == null
                                ? null
                                : record.deletedBytes().bytes(),
                        record.description()));
        out.flush();
    }

    private RunView get(long id) {
        return runs.find(id).orElseThrow(() -> new NotFoundException("There is no run " + id + "."));
    }
}
