package dev.cachewarden.dashboard.build;

import dev.cachewarden.build.BuildOrder;
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
import dev.cachewarden.rest.list.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

    @GetMapping("/builds")
    String list(
            ChosenBuilds chosen,
            @RequestParam(required = false) @Nullable String after,
            Model model,
            HttpServletResponse response) {
        var builders = HostBuilders.of(hosts, chosen.host());
        var order = BuildOrder.LATEST;
        try {
            order = BuildOrder.parse(chosen.sort());
            var search = BuildSearch.parse(chosen.q(), hosts);
            model.addAttribute("builds", builds.list(chosen.filter(builders, search), order, after, PAGE));
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("builds", new Page<BuildView>(List.of(), null));
            model.addAttribute(
                    "wrong", e.problems().stream().map(FieldProblem::reason).collect(Collectors.joining(". ")));
        }
        model.addAttribute("chosen", chosen);
        model.addAttribute("order", order);
        model.addAttribute("orders", BuildOrder.values());
        model.addAttribute("started", SortHead.of(chosen, order, BuildOrder.LATEST, BuildOrder.OLDEST));
        model.addAttribute("duration", SortHead.of(chosen, order, BuildOrder.LONGEST, BuildOrder.SHORTEST));
        model.addAttribute("rate", SortHead.of(chosen, order, BuildOrder.LOWEST_HIT_RATE, BuildOrder.HIGHEST_HIT_RATE));
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

    /** Returns the host of each builder. */
    static Map<BuilderId, WatchedHost> hostOf(HostRegistry hosts) {
        var byBuilder = new HashMap<BuilderId, WatchedHost>();
        hosts.all().forEach(host -> host.builders().forEach(builder -> byBuilder.put(builder.id(), host)));
        return byBuilder;
    }

    /**
     * A column head that sorts the list of builds.
     *
     * @param href the list in the order that a click leads to
     * @param direction the current order as {@code aria-sort} names it, or null if the list has the order of another column
     */
    public record SortHead(String href, @Nullable String direction) {

        /**
         * Creates the head of a column.
         *
         * @param first order after the first click; a second click leads to {@code other}
         */
        static SortHead of(ChosenBuilds chosen, BuildOrder now, BuildOrder first, BuildOrder other) {
            String direction = now.descending() ? "descending" : "ascending";
            return new SortHead(
                    chosen.sorted(now == first ? other : first), now == first || now == other ? direction : null);
        }
    }
}
