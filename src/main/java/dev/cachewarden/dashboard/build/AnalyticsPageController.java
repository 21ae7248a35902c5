package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.analytics.BuildAnalytics;
import dev.cachewarden.build.analytics.CacheSizes;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.rest.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class AnalyticsPageController {

    private static final Map<String, Duration> RANGES = new TreeMap<>(Map.of(
            "24h",
            Duration.ofHours(24),
            "7d",
            Duration.ofDays(7),
            "30d",
            Duration.ofDays(30),
            "90d",
            Duration.ofDays(90)));
    private static final List<String> RANGE_ORDER = List.of("24h", "7d", "30d", "90d");
    private static final int POINTS = 60;
    private static final int MISSES = 15;
    private static final int PROJECTS = 20;

    private final BuildAnalytics analytics;
    private final Builds builds;
    private final HostRegistry hosts;
    private final CacheSizes sizes;
    private final UsageHistory usage;
    private final InstantSource clock;

    AnalyticsPageController(
            BuildAnalytics analytics,
            Builds builds,
            HostRegistry hosts,
            CacheSizes sizes,
            UsageHistory usage,
            InstantSource clock) {
        this.analytics = analytics;
        this.sizes = sizes;
        this.usage = usage;
        this.builds = builds;
        this.hosts = hosts;
        this.clock = clock;
    }

    /**
     * What was asked for, as it stands in the address.
     *
     * @param split day (UTC) whose beginning parts before from after; null: no comparison
     */
    record Chosen(
            String range,
            @Nullable String project,
            @Nullable Long host,
            @Nullable String split) {}

    @GetMapping("/analytics")
    String analytics(
            @RequestParam(defaultValue = "7d") String range,
            @RequestParam(defaultValue = "") String project,
            @RequestParam(required = false) @Nullable Long host,
            @RequestParam(defaultValue = "") String split,
            Model model) {
        var length = RANGES.get(range);
        if (length == null) {
            throw new InvalidInputException("range", "'" + range + "' is none of " + String.join(", ", RANGE_ORDER));
        }
        var chosen = new Chosen(
                range, project.isBlank() ? null : project.strip(), host, split.isBlank() ? null : split.strip());
        var until = clock.instant();
        var from = until.minus(length);
        var filter = new BuildFilter(
                chosen.project(), BuildListController.builder(hosts, host), null, Set.of(), null, from, null);
        var builder = filter.builder();
        model.addAttribute(
                "sizes",
                builder == null
                        ? null
                        : SizeView.of(
                                sizes.of(builder, length),
                                usage.latest(builder)
                                        .map(sample -> sample.usage().total().size())
                                        .orElse(null)));
        var overTime = analytics.overTime(filter, from, until, POINTS);
        model.addAttribute("chosen", chosen);
        model.addAttribute("ranges", RANGE_ORDER);
        model.addAttribute("projects", builds.projects());
        model.addAttribute("hosts", BuildListController.withCache(hosts));
        model.addAttribute("totals", analytics.totals(filter));
        model.addAttribute("overTime", overTime);
        model.addAttribute("json", TrendJson.of(overTime, from, until, length.dividedBy(POINTS)));
        model.addAttribute("classes", analytics.byClass(filter));
        model.addAttribute("misses", analytics.costliestMisses(filter, MISSES));
        model.addAttribute("kinds", analytics.byKind(filter));
        model.addAttribute("rates", analytics.byProject(filter, PROJECTS));
        model.addAttribute("scenarios", analytics.scenarios(filter, day(chosen.split())));
        return "dashboard/analytics";
    }

    private static @Nullable Instant day(@Nullable String day) {
        if (day == null) {
            return null;
        }
        try {
            return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidInputException("split", "'" + day + "' is no day such as 2026-11-20");
        }
    }
}
