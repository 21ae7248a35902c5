package dev.cachewarden.dashboard.host;

import dev.cachewarden.dashboard.Fleet;
import dev.cachewarden.dashboard.TypeShare;
import dev.cachewarden.dashboard.host.UsageChart.By;
import dev.cachewarden.dashboard.host.UsageChart.Range;
import dev.cachewarden.forecast.Forecasts;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.ExternalPrune;
import dev.cachewarden.run.ExternalPrunes;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

@Controller
class HostPageController {

    private static final int RECENT = 5;

    private final HostRegistry registry;
    private final HostSampler sampler;
    private final Runs runs;
    private final Policies policies;
    private final Fleet fleet;
    private final UsageCharts charts;
    private final ExternalPrunes externals;
    private final HostBuilds builds;
    private final Forecasts forecasts;
    private final JsonMapper json;

    HostPageController(
            HostRegistry registry,
            HostSampler sampler,
            Runs runs,
            Policies policies,
            Fleet fleet,
            UsageCharts charts,
            ExternalPrunes externals,
            HostBuilds builds,
            Forecasts forecasts,
            JsonMapper json) {
        this.registry = registry;
        this.sampler = sampler;
        this.runs = runs;
        this.policies = policies;
        this.fleet = fleet;
        this.charts = charts;
        this.externals = externals;
        this.builds = builds;
        this.forecasts = forecasts;
        this.json = json;
    }

    @GetMapping("/hosts/{id}")
    String host(
            @PathVariable long id,
            @RequestParam(defaultValue = "24h") String range,
            @RequestParam(defaultValue = "state") String by,
            Model model) {
        var host = get(id);
        var summary = fleet.summary(host);
        var chart = charts.of(host, Range.ofWord(range), by.equals("type") ? By.TYPE : By.STATE);
        model.addAttribute("host", host);
        model.addAttribute("summary", summary);
        model.addAttribute("capabilities", host.capabilities());
        model.addAttribute("usage", summary.usage());
        model.addAttribute("types", summary.usage() == null ? List.of() : TypeShare.of(summary.usage()));
        model.addAttribute("chart", chart);
        model.addAttribute("lines", chart.lines());
        model.addAttribute("json", chart.json(json));
        model.addAttribute("ranges", Range.values());
        model.addAttribute("gc", gc(host));
        model.addAttribute("twins", hostsOnSameEngine(host));
        model.addAttribute(
                "conflict",
                host.reachability() instanceof Reachability.Unreachable unreachable
                        && unreachable.problem().cause() == HostProblem.Cause.ENGINE_CONFLICT);
        model.addAttribute("policies", PolicyOfHost.of(addresses(host), policies.all()));
        model.addAttribute("runs", recentRuns(host));
        model.addAttribute("externals", recentExternals(host));
        model.addAttribute(
                "forecast",
                forecasts
                        .latest(host.id())
                        .map(forecast -> ForecastView.of(forecast, forecasts.trackRecord(host.id())))
                        .orElse(null));
        builds.fill(model, host);
        return "dashboard/host";
    }

    @PostMapping("/hosts/{id}/read")
    String readNow(@PathVariable long id, RedirectAttributes after) {
        switch (sampler.sampleNow(get(id).id())) {
            case HostReading.Read read ->
                after.addFlashAttribute(
                        "notice", "Snapshot taken: " + read.snapshot().records().size() + " records.");
            case HostReading.Unreachable unreachable ->
                after.addFlashAttribute("wrong", unreachable.problem().message());
        }
        return "redirect:/hosts/" + id;
    }

    private List<ExternalPrune> recentExternals(WatchedHost host) {
        return host.builders().isEmpty()
                ? List.of()
                : externals.list(host.builders().getFirst().id(), null, RECENT).items();
    }

    private List<RunView> recentRuns(WatchedHost host) {
        return host.builders().isEmpty()
                ? List.of()
                : runs.list(
                                new Runs.RunFilter(
                                        Set.of(), host.builders().getFirst().id(), null),
                                null,
                                RECENT)
                        .items();
    }

    private List<WatchedHost> hostsOnSameEngine(WatchedHost host) {
        return host.engineId() == null
                ? List.of()
                : registry.withEngine(host.engineId()).stream()
                        .filter(other -> !other.id().equals(host.id()))
                        .toList();
    }

    private List<WatchedHost> addresses(WatchedHost host) {
        return host.engineId() == null ? List.of(host) : registry.withEngine(host.engineId());
    }

    private static List<String> gc(WatchedHost host) {
        return host.capabilities() == null
                ? List.of()
                : host.capabilities().gcPolicies().stream().map(GcWords::of).toList();
    }

    private WatchedHost get(long id) {
        return registry.find(new HostId(id)).orElseThrow(() -> new NotFoundException("There is no host " + id + "."));
    }
}
