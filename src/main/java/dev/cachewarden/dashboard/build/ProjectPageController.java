package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.BuildAnalytics;
import dev.cachewarden.analytics.RateBy;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.Builds;
import dev.cachewarden.dashboard.build.AnalyticsModel.Asked;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.NotFoundException;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of one project. The name is a query parameter, because it can contain slashes and other characters of a repository URL. */
@Controller
class ProjectPageController {

    private static final int LATEST = 15;
    private static final int SENT = 50;

    /** The available groupings: all except the project. */
    private static final List<RateBy> CHOICES = List.of(RateBy.CLASS, RateBy.STEP, RateBy.BUILDER, RateBy.BRANCH);

    private final BuildAnalytics analytics;
    private final AnalyticsModel shared;
    private final Builds builds;
    private final HostRegistry hosts;

    ProjectPageController(BuildAnalytics analytics, AnalyticsModel shared, Builds builds, HostRegistry hosts) {
        this.analytics = analytics;
        this.shared = shared;
        this.builds = builds;
        this.hosts = hosts;
    }

    @GetMapping("/project")
    String project(
            @RequestParam String name,
            @RequestParam(defaultValue = "30d") String range,
            @RequestParam(defaultValue = "") String split,
            @RequestParam(defaultValue = "") String day,
            @RequestParam(defaultValue = "class") String by,
            Model model) {
        String project = name.strip();
        if (!builds.anyOf(project)) {
            throw new NotFoundException("Project '" + project + "' has no builds.");
        }
        var whole = BuildFilter.ofProject(project);
        var time = shared.range(range);
        var filter = whole.within(time.from(), null);
        var splitSelection = shared.splitSelection(split, day, filter);
        shared.fill(
                model,
                new Asked(
                        filter,
                        time,
                        splitSelection,
                        RateBy.read(by, CHOICES),
                        CHOICES,
                        Address.to("/project")
                                .with("name", project)
                                .with("range", range)
                                .with("split", splitSelection.text()),
                        new BuildLinks(project, null, null, time.from())));
        var sent = analytics.sent(filter, SENT);
        model.addAttribute("project", project);
        model.addAttribute("builds", builds.list(whole, null, LATEST));
        model.addAttribute("hostOf", BuildListController.hostOf(hosts));
        model.addAttribute("growth", analytics.growth(filter).orElse(null));
        model.addAttribute("sent", sent);
        model.addAttribute("sentJson", TrendJson.sent(sent, time));
        return "dashboard/project";
    }
}
