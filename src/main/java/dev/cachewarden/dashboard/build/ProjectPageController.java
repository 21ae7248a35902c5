package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.analytics.BuildAnalytics;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.NotFoundException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One project. Its name stands in the query: it may hold slashes and whatever else a repository's address does. */
@Controller
class ProjectPageController {

    private static final int LATEST = 15;
    private static final int SENT = 50;

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
            Model model) {
        var whole = BuildFilter.ofProject(name.strip());
        var latest = builds.list(whole, null, LATEST);
        if (latest.items().isEmpty()) {
            throw new NotFoundException("There is no build of a project '" + name.strip() + "'.");
        }
        var time = shared.range(range);
        var filter = whole.within(time.from(), null);
        var sent = analytics.sent(filter, SENT);
        shared.fill(model, filter, time, shared.parting(split, day, filter));
        model.addAttribute("project", name.strip());
        model.addAttribute("builds", latest);
        model.addAttribute("hostOf", BuildListController.hostOf(hosts));
        model.addAttribute("growth", analytics.growth(filter).orElse(null));
        model.addAttribute("sent", sent);
        model.addAttribute("sentJson", TrendJson.sent(sent, time.from(), time.until()));
        return "dashboard/project";
    }
}
