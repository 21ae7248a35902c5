package dev.cachewarden.dashboard.prune;

import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.Runs;
import dev.cachewarden.run.Runs.RunFilter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class RunListController {

    private static final int PAGE = 50;

    private final Runs runs;
    private final Policies policies;
    private final HostRegistry hosts;

    RunListController(Runs runs, Policies policies, HostRegistry hosts) {
        this.runs = runs;
        this.policies = policies;
        this.hosts = hosts;
    }

    /** The filter in the URL. */
    record Chosen(
            @Nullable RunState state,
            @Nullable Long policy,
            @Nullable Long host) {
        public boolean any() {
            return state != null || policy != null || host != null;
        }
    }

    @GetMapping("/runs")
    String list(
            @RequestParam(required = false) @Nullable RunState state,
            @RequestParam(required = false) @Nullable Long policy,
            @RequestParam(required = false) @Nullable Long host,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var filter = new RunFilter(state == null ? Set.of() : Set.of(state), builder(host), policy);
        model.addAttribute("runs", runs.list(filter, after, PAGE));
        model.addAttribute("chosen", new Chosen(state, policy, host));
        model.addAttribute("after", after);
        model.addAttribute("states", RunState.values());
        model.addAttribute("policies", policies.all());
        model.addAttribute(
                "hosts",
                hosts.all().stream()
                        .filter(known -> !known.builders().isEmpty())
                        .toList());
        return "dashboard/runs";
    }

    private @Nullable BuilderId builder(@Nullable Long host) {
        if (host == null) {
            return null;
        }
        return hosts.find(new HostId(host))
                .flatMap(known -> known.builders().stream().findFirst())
                .map(builder -> builder.id())
                .orElseThrow(() -> new NotFoundException("There is no host " + host + " with a cache."));
    }
}
