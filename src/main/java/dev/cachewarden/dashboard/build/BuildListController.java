package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.BuildSearch;
import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.BuildView;
import dev.cachewarden.build.Builds;
import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.dashboard.HostBuilders;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

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
            @Nullable String q,
            @Nullable String project,
            @Nullable Long host,
            @Nullable BuildState state,
            @Nullable Scenario scenario) {
        public boolean any() {
            return q != null || project != null || host != null || state != null || scenario != null;
        }

        BuildFilter filter(Set<BuilderId> builders, BuildSearch search) {
            return new BuildFilter(
                    project,
                    builders,
                    null,
                    state == null ? Set.of() : Set.of(state),
                    scenario == null ? null : scenario.name(),
                    search,
                    null,
                    null);
        }

        /** The same list over REST, which knows builders and no hosts. */
        String csv(Set<BuilderId> builders) {
            var link = UriComponentsBuilder.fromPath("/api/v1/builds").queryParam("format", "csv");
            var values = new HashMap<String, Object>();
            add(link, values, "q", q);
            add(link, values, "project", project);
            add(link, values, "state", state);
            add(link, values, "scenario", scenario);
            var ids = new TreeSet<Long>();
            builders.forEach(builder -> ids.add(builder.value()));
            ids.forEach(id -> link.queryParam("builder", id));
            return link.encode().buildAndExpand(values).toUriString();
        }

        private static void add(
                UriComponentsBuilder link, Map<String, Object> values, String name, @Nullable Object value) {
            if (value != null) {
                // As a variable, so that whatever stands in it is escaped.
                link.queryParam(name, "{" + name + "}");
                values.put(name, value);
            }
        }
    }

    @GetMapping("/builds")
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String project,
            @RequestParam(required = false) @Nullable Long host,
            @RequestParam(required = false) @Nullable BuildState state,
            @RequestParam(required = false) @Nullable Scenario scenario,
            @RequestParam(required = false) @Nullable String after,
            Model model,
            HttpServletResponse response) {
        var chosen = new Chosen(
                q.isBlank() ? null : q.strip(), project.isBlank() ? null : project.strip(), host, state, scenario);
        var builders = HostBuilders.of(hosts, host);
        try {
            var search = BuildSearch.parse(chosen.q(), hosts);
            model.addAttribute("builds", builds.list(chosen.filter(builders, search), after, PAGE));
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("builds", new Page<BuildView>(List.of(), null));
            model.addAttribute(
                    "wrong", e.problems().stream().map(FieldProblem::reason).collect(Collectors.joining(". ")));
        }
        model.addAttribute("chosen", chosen);
        model.addAttribute("csv", chosen.csv(builders));
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
}
