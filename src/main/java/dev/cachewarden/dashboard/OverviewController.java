package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.dashboard.HostStatus.Level;
import dev.cachewarden.host.LocalEngine;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

@Controller
class OverviewController {

    private static final int TABLE_UP_TO = 20;
    private static final int ATTENTION_SHOWN = 8;

    /** The levels that are listed separately. Hosts with an unknown disk can be numerous, so the page shows them in a single row. */
    private static final Set<Level> NEEDS_ATTENTION = EnumSet.of(Level.BAD, Level.WARN, Level.UNKNOWN);

    private final Fleet fleet;
    private final BuildRates rates;
    private final HeatGrid grid;
    private final LocalEngine localEngine;

    OverviewController(Fleet fleet, BuildRates rates, HeatGrid grid, LocalEngine localEngine) {
        this.grid = grid;
        this.fleet = fleet;
        this.rates = rates;
        this.localEngine = localEngine;
    }

    @GetMapping("/")
    String overview(Model model) {
        var hosts = fleet.all();
        var view = view(hosts);
        var byHost = rates.byHost(hosts.stream().map(HostSummary::host).toList());
        model.addAttribute("view", view);
        model.addAttribute("late", rates.all());
        model.addAttribute("rates", byHost);
        model.addAttribute("heat", hosts.size() <= TABLE_UP_TO ? "" : grid.markup(hosts, byHost));
        if (view.hosts() == 0) {
            boolean searching = localEngine.search() instanceof LocalEngine.Search.UnderWay;
            model.addAttribute("searching", searching);
            model.addAttribute("attempts", attempts(localEngine.search()));
        }
        return "dashboard/overview";
    }

    @PostMapping("/hosts/search")
    String searchAgain(RedirectAttributes after) {
        switch (localEngine.searchAgain()) {
            case LocalEngine.Search.Found found ->
                after.addFlashAttribute(
                        "notice", "Cachewarden found an engine at " + found.place() + " and added it as a host.");
            case LocalEngine.Search.NothingFound nothing ->
                after.addFlashAttribute("wrong", "Cachewarden found no engine on this machine.");
            case LocalEngine.Search.NotNeeded notNeeded ->
                after.addFlashAttribute("notice", "A host already exists, so Cachewarden did not search.");
            case LocalEngine.Search.UnderWay underWay ->
                after.addFlashAttribute("notice", "The search is running. Reload the page in a moment.");
        }
        return "redirect:/";
    }

    private static List<LocalEngine.Attempt> attempts(LocalEngine.Search search) {
        return search instanceof LocalEngine.Search.NothingFound nothing ? nothing.attempts() : List.of();
    }

    static OverviewView view(List<HostSummary> hosts) {
        var counted = hosts.stream().filter(host -> !host.countedElsewhere()).toList();
        var usage = Fleet.sum(counted.stream()
                .map(HostSummary::usage)
                .filter(Objects::nonNull)
                .toList());
        var byLevel = new LinkedHashMap<Level, Long>();
        for (var level : Level.values()) {
            long count = hosts.stream()
                    .filter(host -> host.status().level() == level)
                    .count();
            if (count > 0) {
                byLevel.put(level, count);
            }
        }
        var attention = hosts.stream()
                .filter(host -> host.host().enabled()
                        && NEEDS_ATTENTION.contains(host.status().level()))
                .sorted(Comparator.comparing((HostSummary host) -> host.status().level())
                        .thenComparing(host -> host.status().since()))
                .toList();
        long unread = counted.stream().filter(host -> !host.known()).count();
        return new OverviewView(
                hosts.size(),
                byLevel,
                usage,
                TypeShare.of(usage),
                attention.stream().limit(ATTENTION_SHOWN).toList(),
                attention.size(),
                hosts.stream()
                        .filter(host -> host.status().level() == Level.DISK_UNKNOWN)
                        .toList(),
                unread,
                hosts.size() - counted.size(),
                hosts.size() <= TABLE_UP_TO ? largestFirst(hosts) : List.of());
    }

    private static List<HostSummary> largestFirst(List<HostSummary> hosts) {
        return hosts.stream()
                .sorted(Comparator.comparing(HostSummary::total).reversed())
                .toList();
    }

    /**
     * The overview.
     *
     * @param byLevel number of hosts by level, worst first, without zeros
     * @param usage total usage of all engines, each counted once
     * @param attention hosts that need attention, worst first, limited in number
     * @param attentionTotal number of all hosts that need attention
     * @param diskUnknown hosts that respond but whose free disk space is unknown
     * @param unread number of hosts without any reading, so that the totals are too low
     * @param twice number of hosts that the totals exclude, because they lead to an engine that is already counted
     * @param table all hosts, or an empty list if there are too many
     */
    public record OverviewView(
            int hosts,
            Map<Level, Long> byLevel,
            CacheUsage usage,
            List<TypeShare> types,
            List<HostSummary> attention,
            int attentionTotal,
            List<HostSummary> diskUnknown,
            long unread,
            int twice,
            List<HostSummary> table) {}
}
