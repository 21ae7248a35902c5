package dev.cachewarden.dashboard.prune;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.plan.preview.ReplayReport;
import dev.cachewarden.plan.preview.Replays;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.NotFoundException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

@Controller
class ReplayPageController {

    private static final List<Integer> DAYS = List.of(1, 7, 30, 90);

    private final Policies policies;
    private final HostRegistry hosts;
    private final Replays replays;
    private final JsonMapper json;

    ReplayPageController(Policies policies, HostRegistry hosts, Replays replays, JsonMapper json) {
        this.policies = policies;
        this.hosts = hosts;
        this.replays = replays;
        this.json = json;
    }

    @GetMapping("/policies/{id}/replay")
    String replay(
            @PathVariable long id,
            @RequestParam(required = false) @Nullable Long builder,
            @RequestParam(defaultValue = "7") int days,
            @RequestParam(required = false) @Nullable String order,
            Model model) {
        var policy = policies.find(id).orElseThrow(() -> new NotFoundException("There is no policy " + id + "."));
        var choices = choices(policy);
        var chosen = choices.stream()
                .filter(host -> builder == null || builderOf(host).value() == builder)
                .findFirst();
        model.addAttribute("policy", policy);
        model.addAttribute("choices", choices);
        model.addAttribute("days", days);
        model.addAttribute("daysOffered", DAYS);
        model.addAttribute("order", order);
        model.addAttribute("orders", EvictionOrder.values());
        model.addAttribute("chosen", chosen.orElse(null));
        chosen.ifPresent(host -> {
            var report = replays.replay(id, builderOf(host), days, order);
            model.addAttribute("report", report);
            model.addAttribute("json", chart(report));
        });
        return "dashboard/replay";
    }

    /** Returns the hosts in the scope of the policy, or all known hosts if there are none. */
    private List<WatchedHost> choices(PolicyView policy) {
        var known =
                hosts.all().stream().filter(host -> !host.builders().isEmpty()).toList();
        var inScope = known.stream().filter(policy::covers).toList();
        return inScope.isEmpty() ? known : inScope;
    }

    private static BuilderId builderOf(WatchedHost host) {
        return host.builders().getFirst().id();
    }

    /** Returns the chart data as JSON for the script of the usage chart. The text is safe within a script element. */
    private String chart(ReplayReport report) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("from", report.from().toEpochMilli());
        data.put("until", report.until().toEpochMilli());
        data.put(
                "times",
                report.points().stream().map(point -> point.at().toEpochMilli()).toList());
        data.put("gap", Duration.ofDays(Replays.MOST_DAYS).toMillis());
        data.put(
                "series",
                List.of(
                        series(
                                "Actual",
                                1,
                                report.points().stream()
                                        .map(point -> point.without().bytes())
                                        .toList()),
                        series(
                                "With policy",
                                2,
                                report.points().stream()
                                        .map(point -> point.with().bytes())
                                        .toList())));
        data.put("marks", List.of());
        return json.writeValueAsString(data).replace("<", "\\u003c");
    }

    private static Map<String, Object> series(String name, int colour, List<Long> bytes) {
        return Map.of("name", name, "colour", colour, "bytes", bytes);
    }
}
