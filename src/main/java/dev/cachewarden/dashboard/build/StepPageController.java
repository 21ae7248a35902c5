package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.steps.StepReports;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of one step across builds. */
@Controller
class StepPageController {

    private static final int PAGE = 50;

    private final StepReports reports;
    private final AnalyticsModel shared;
    private final HostRegistry hosts;

    StepPageController(StepReports reports, AnalyticsModel shared, HostRegistry hosts) {
        this.reports = reports;
        this.shared = shared;
        this.hosts = hosts;
    }

    @GetMapping("/step")
    String step(
            @RequestParam String project,
            @RequestParam String identity,
            @RequestParam(defaultValue = "30d") String range,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var time = shared.range(range);
        var filter = BuildFilter.ofProject(project.strip()).within(time.from(), null);
        var report = reports.of(filter, identity.strip(), after, PAGE)
                .orElseThrow(() -> new NotFoundException("Project '" + project.strip() + "' has no step '"
                        + identity.strip() + "' with cache lookups."));
        var record = report.record();
        model.addAttribute("report", report);
        model.addAttribute("strip", LookupStrip.of(report.lookups().items()));
        model.addAttribute(
                "host",
                record == null ? null : hosts.ofBuilder(record.builder()).orElse(null));
        model.addAttribute("range", time.word());
        model.addAttribute("ranges", AnalyticsModel.RANGES);
        model.addAttribute("after", after);
        return "dashboard/step";
    }
}
