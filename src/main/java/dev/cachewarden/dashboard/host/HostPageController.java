package dev.cachewarden.dashboard.host;

import dev.cachewarden.dashboard.fleet.Fleet;
import dev.cachewarden.dashboard.fleet.TypeShare;
import dev.cachewarden.dashboard.host.UsageChart.By;
import dev.cachewarden.dashboard.host.UsageChart.Mark;
import dev.cachewarden.dashboard.host.UsageChart.Range;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.RunView;
import dev.cachewarden.prune.Runs;
import dev.cachewarden.rest.NotFoundException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
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

    private static final int RECENT_RUNS = 5;
    private static final int MARKED_RUNS = 50;

    private final HostRegistry registry;
    private final UsageHistory history;
    private final HostSampler sampler;
    private final Runs runs;
    private final Policies policies;
    private final Fleet fleet;
    private final InstantSource clock;
    private final JsonMapper json;

    HostPageController(
            HostRegistry registry,
            UsageHistory history,
            HostSampler sampler,
            Runs runs,
            Policies policies,
            Fleet fleet,
            InstantSource clock,
            JsonMapper json) {
        this.registry = registry;
        this.history = history;
        this.sampler = sampler;
        this.runs = runs;
        this.policies = policies;
        this.fleet = fleet;
        this.clock = clock;
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
        var chart = chart(host, Range.ofWord(range), by.equals("type") ? By.TYPE : By.STATE);
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
        model.addAttribute("twins", twins(host));
        model.addAttribute("policies", PolicyOfHost.of(addresses(host), policies.all()));
        model.addAttribute("runs", recentRuns(host, RECENT_RUNS));
        return "dashboard/host";
    }

    @PostMapping("/hosts/{id}/read")
    String readNow(@PathVariable long id, RedirectAttributes after) {
        switch (sampler.sampleNow(get(id).id())) {
            case HostReading.Read read ->
                after.addFlashAttribute(
                        "said", "Read just now: " + read.snapshot().records().size() + " records.");
            case HostReading.Unreachable unreachable ->
                after.addFlashAttribute("wrong", unreachable.trouble().message());
        }
        return "redirect:/hosts/" + id;
    }

    private UsageChart chart(WatchedHost host, Range range, By by) {
        var until = clock.instant();
        var from = until.minus(range.length());
        var samples = host.builders().isEmpty()
                ? List.<UsageSample>of()
                : history.series(host.builders().getFirst().id(), from, until.plusSeconds(1), UsageChart.POINTS);
        var marks = recentRuns(host, MARKED_RUNS).stream()
                .filter(run -> run.endedAt() != null
                        && !run.endedAt().isBefore(from)
                        && run.deleted().records() > 0)
                .map(run -> new Mark(
                        run.endedAt() == null ? until : run.endedAt(),
                        "pruned " + run.deleted().size()))
                .toList();
        return new UsageChart(range, by, from, until, gap(host, samples), samples, marks);
    }

    private static Duration gap(WatchedHost host, List<UsageSample> samples) {
        var span = samples.stream()
                .map(UsageSample::span)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        // A roll-up stands for its span, and the sparse ones of a long range lie further apart than readings do.
        var between = samples.size() < 2
                ? Duration.ZERO
                : Duration.between(
                                samples.getFirst().takenAt(), samples.getLast().takenAt())
                        .dividedBy(samples.size() - 1L);
        return UsageHistory.staleAfter(host.pollInterval())
                .plus(span.multipliedBy(2))
                .plus(between.multipliedBy(2));
    }

    private List<RunView> recentRuns(WatchedHost host, int limit) {
        return host.builders().isEmpty()
                ? List.of()
                : runs.list(
                                new Runs.RunFilter(
                                        Set.of(), host.builders().getFirst().id(), null),
                                null,
                                limit)
                        .items();
    }

    private List<WatchedHost> twins(WatchedHost host) {
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
