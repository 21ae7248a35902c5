package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.NotFoundException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class BuildListController {

    private static final int PAGE = 50;

    private final Builds builds;
    private final HostRegistry hosts;

    BuildListController(Builds builds, HostRegistry hosts) {
        this.builds = builds;
        this.hosts = hosts;
    }

    /** The filter as it stands in the address. */
    record Chosen(
            @Nullable String project,
            @Nullable Long host,
            @Nullable BuildState state,
            @Nullable Scenario scenario) {
        public boolean any() {
            return project != null || host != null || state != null || scenario != null;
        }
    }

    @GetMapping("/builds")
    String list(
            @RequestParam(defaultValue = "") String project,
            @RequestParam(required = false) @Nullable Long host,
            @RequestParam(required = false) @Nullable BuildState state,
            @RequestParam(required = false) @Nullable Scenario scenario,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        var chosen = new Chosen(project.isBlank() ? null : project.strip(), host, state, scenario);
        var filter = new BuildFilter(
                chosen.project(),
                builder(hosts, host),
                null,
                state == null ? Set.of() : Set.of(state),
                scenario == null ? null : scenario.name(),
                null,
                null);
        model.addAttribute("builds", builds.list(filter, after, PAGE));
        model.addAttribute("chosen", chosen);
        model.addAttribute("after", after);
        model.addAttribute("projects", builds.projects());
        model.addAttribute("states", BuildState.values());
        model.addAttribute("scenarios", Scenario.values());
        model.addAttribute("hosts", withCache(hosts));
        model.addAttribute("hostOf", hostOf(hosts));
        return "dashboard/builds";
    }

    static List<WatchedHost> withCache(HostRegistry hosts) {
        return hosts.all().stream().filter(host -> !host.builders().isEmpty()).toList();
    }

    /** The host of each builder. */
    static Map<BuilderId, WatchedHost> hostOf(HostRegistry hosts) {
        var byBuilder = new HashMap<BuilderId, WatchedHost>();
        hosts.all().forEach(host -> host.builders().forEach(builder -> byBuilder.put(builder.id(), host)));
        return byBuilder;
    }

    static @Nullable BuilderId builder(HostRegistry hosts, @Nullable Long host) {
        if (host == null) {
            return null;
        }
        return hosts.find(new HostId(host))
                .flatMap(known -> known.builders().stream().findFirst())
                .map(builder -> builder.id())
                .orElseThrow(() -> new NotFoundException("There is no host " + host + " with a cache."));
    }
}
