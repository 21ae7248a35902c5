package dev.cachewarden.dashboard.build;

import dev.cachewarden.analytics.BuildAnalytics;
import dev.cachewarden.analytics.RateBy;
import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildSearch;
import dev.cachewarden.build.Builds;
import dev.cachewarden.dashboard.HostBuilders;
import dev.cachewarden.dashboard.build.AnalyticsModel.Asked;
import dev.cachewarden.dashboard.build.AnalyticsModel.Range;
import dev.cachewarden.dashboard.build.AnalyticsModel.SplitSelection;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

@Controller
class AnalyticsPageController {

    private static final String USUAL_RANGE = "7d";
    private static final String USUAL_BY = "class";
    private static final int PROJECTS = 20;
    private static final int BRANCHES = 200;

    private final BuildAnalytics analytics;
    private final AnalyticsModel shared;
    private final Builds builds;
    private final HostRegistry hosts;
    private final SizeViews sizes;
    private final HostRates hostRates;

    AnalyticsPageController(
            BuildAnalytics analytics,
            AnalyticsModel shared,
            Builds builds,
            HostRegistry hosts,
            SizeViews sizes,
            HostRates hostRates) {
        this.analytics = analytics;
        this.shared = shared;
        this.builds = builds;
        this.hosts = hosts;
        this.sizes = sizes;
        this.hostRates = hostRates;
    }

    /**
     * The query parameters of the page.
     *
     * @param by grouping of hit rates
     * @param split event that divides builds; see {@link dev.cachewarden.analytics.Splits#FORMS}
     * @param day the same, if the event is a day
     */
    record Chosen(
            String range,
            @Nullable String project,
            @Nullable Long host,
            @Nullable String branch,
            String by,
            String split,
            String day) {
        Chosen(
                @Nullable String range,
                @Nullable String project,
                @Nullable Long host,
                @Nullable String branch,
                @Nullable String by,
                @Nullable String split,
                @Nullable String day) {
            this.range = Objects.requireNonNullElse(textOrNull(range), USUAL_RANGE);
            this.project = textOrNull(project);
            this.host = host;
            this.branch = textOrNull(branch);
            this.by = Objects.requireNonNullElse(textOrNull(by), USUAL_BY);
            this.split = Objects.requireNonNullElse(split, "");
            this.day = Objects.requireNonNullElse(day, "");
        }

        private static @Nullable String textOrNull(@Nullable String given) {
            return given == null || given.isBlank() ? null : given.strip();
        }

        BuildFilter filter(Set<BuilderId> builders, Instant from) {
            return new BuildFilter(project, builders, branch, Set.of(), null, BuildSearch.ALL, from, null);
        }

        /** Returns the URL of this page without {@code by}. */
        Address self(Range time, SplitSelection splitSelection) {
            return Address.to("/analytics")
                    .with("range", time.word())
                    .with("project", project)
                    .with("host", host)
                    .with("branch", branch)
                    .with("split", splitSelection.text());
        }
    }

    @GetMapping("/analytics")
    String analytics(Chosen chosen, Model model) {
        var time = shared.range(chosen.range());
        var filter = chosen.filter(HostBuilders.of(hosts, chosen.host()), time.from());
        var splitSelection = shared.splitSelection(chosen.split(), chosen.day(), filter);
        var asked = new Asked(
                filter,
                time,
                splitSelection,
                RateBy.read(chosen.by(), RateBy.ALL),
                RateBy.ALL,
                chosen.self(time, splitSelection),
                new BuildLinks(chosen.project(), chosen.host(), chosen.branch(), time.from()));
        shared.fill(model, asked);
        addChoices(model, chosen, asked);
        model.addAttribute("sizes", chosen.host() == null ? null : sizes(new HostId(chosen.host()), time.length()));
        model.addAttribute("rates", analytics.byProject(filter, PROJECTS));
        model.addAttribute("byHost", hostRates.of(filter));
        model.addAttribute("api", asked.api("/api/v1/analytics/over-time").toString());
        return "dashboard/analytics";
    }

    private void addChoices(Model model, Chosen chosen, Asked asked) {
        model.addAttribute("chosen", chosen);
        model.addAttribute("projects", builds.projects());
        model.addAttribute("hosts", BuildListController.withCache(hosts));
        model.addAttribute("branches", analytics.branches(asked.filter().ofBranch(null), BRANCHES));
    }

    private @Nullable SizeView sizes(HostId host, Duration back) {
        return hosts.find(host)
                .flatMap(known -> known.builders().stream().findFirst())
                .map(builder -> sizes.of(builder.id(), back))
                .orElse(null);
    }
}
