package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildSearch;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.analytics.BuildAnalytics;
import dev.cachewarden.dashboard.HostBuilders;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class AnalyticsPageController {

    private static final int PROJECTS = 20;

    private final BuildAnalytics analytics;
    private final AnalyticsModel shared;
    private final Builds builds;
    private final HostRegistry hosts;
    private final SizeViews sizes;

    AnalyticsPageController(
            BuildAnalytics analytics, AnalyticsModel shared, Builds builds, HostRegistry hosts, SizeViews sizes) {
        this.analytics = analytics;
        this.shared = shared;
        this.builds = builds;
        this.hosts = hosts;
        this.sizes = sizes;
    }

    /** What was asked for, as it stands in the address. */
    record Chosen(@Nullable String project, @Nullable Long host) {}

    /**
     * @param split what parts builds: see {@link dev.cachewarden.build.analytics.Splits#FORMS}
     * @param day the same where it is a day
     */
    @GetMapping("/analytics")
    String analytics(
            @RequestParam(defaultValue = "7d") String range,
            @RequestParam(defaultValue = "") String project,
            @RequestParam(required = false) @Nullable Long host,
            @RequestParam(defaultValue = "") String split,
            @RequestParam(defaultValue = "") String day,
            Model model) {
        var chosen = new Chosen(project.isBlank() ? null : project.strip(), host);
        var time = shared.range(range);
        var filter = new BuildFilter(
                chosen.project(),
                HostBuilders.of(hosts, host),
                null,
                Set.of(),
                null,
                BuildSearch.ALL,
                time.from(),
                null);
        shared.fill(model, filter, time, shared.parting(split, day, filter));
        model.addAttribute("sizes", host == null ? null : sizes(new HostId(host), time.length()));
        model.addAttribute("chosen", chosen);
        model.addAttribute("projects", builds.projects());
        model.addAttribute("hosts", BuildListController.withCache(hosts));
        model.addAttribute("rates", analytics.byProject(filter, PROJECTS));
        return "dashboard/analytics";
    }

    private @Nullable SizeView sizes(HostId host, Duration back) {
        return hosts.find(host)
                .flatMap(known -> known.builders().stream().findFirst())
                .map(builder -> sizes.of(builder.id(), back))
                .orElse(null);
    }
}
