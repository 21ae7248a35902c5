package dev.cachewarden.dashboard.host;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.dashboard.host.ExplorerView.Row;
import dev.cachewarden.history.RecordFilter;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.RecordQuery;
import dev.cachewarden.history.RecordQuery.Sort;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class RecordListController {

    private static final int PAGE = 100;

    private final HostRegistry registry;
    private final UsageHistory history;
    private final Facets facets;

    RecordListController(HostRegistry registry, UsageHistory history, Facets facets) {
        this.registry = registry;
        this.history = history;
        this.facets = facets;
    }

    @GetMapping("/records")
    String records(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "-size") String sort,
            @RequestParam(required = false) @Nullable String after,
            Model model,
            HttpServletResponse response) {
        try {
            model.addAttribute("view", view(RecordFilter.parse(q), sort, after));
        } catch (InvalidInputException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            model.addAttribute("view", refused(q, sort, e));
        }
        return "dashboard/records";
    }

    private ExplorerView view(RecordFilter filter, String sort, @Nullable String after) {
        var hosts = registry.all();
        var byName = hosts.stream().collect(Collectors.toMap(WatchedHost::name, Function.identity()));
        boolean descending = sort.startsWith("-");
        var order = order(sort);
        Function<RecordFilter, RecordQuery> query = wanted ->
                wanted.toQuery(name -> Optional.ofNullable(byName.get(name)).map(WatchedHost::id), order, descending);
        var page = history.records(query.apply(filter), after, PAGE);
        var byBuilder = new HashMap<BuilderId, WatchedHost>();
        hosts.forEach(host -> host.builders().forEach(builder -> byBuilder.put(builder.id(), host)));
        var sums = facets.sums(filter, query);
        return new ExplorerView(
                filter.format(),
                null,
                word(order, descending),
                descending,
                sums.matching().total(),
                rows(page.items(), byBuilder),
                page.next(),
                after == null,
                new ExplorerView.Choices(
                        facets.types(filter, sums), facets.states(filter, sums), facets.hosts(filter, hosts, query)));
    }

    private List<Row> rows(List<RecordLife> lives, Map<BuilderId, WatchedHost> hosts) {
        var rows = new ArrayList<Row>();
        var children = history.childCounts(lives);
        for (int i = 0; i < lives.size(); i++) {
            var life = lives.get(i);
            var host = hosts.get(life.builder());
            // A host that was removed after the list was read has no records any more.
            if (host != null) {
                rows.add(new Row(life, host, children.get(i)));
            }
        }
        return rows;
    }

    private static ExplorerView refused(String q, String sort, InvalidInputException e) {
        var why = e.problems().stream().map(FieldProblem::reason).collect(Collectors.joining(". "));
        return new ExplorerView(
                q, why, sort, sort.startsWith("-"), Amount.NONE, List.of(), null, true, ExplorerView.Choices.NONE);
    }

    /** The orders by name. The REST API uses the same names. */
    private static final Map<String, Sort> ORDERS = Map.of(
            "size",
            Sort.SIZE,
            "lastUsed",
            Sort.LAST_USED,
            "created",
            Sort.CREATED,
            "uses",
            Sort.USES,
            "type",
            Sort.TYPE);

    private static Sort order(String word) {
        return ORDERS.getOrDefault(word.replaceFirst("^-", ""), Sort.SIZE);
    }

    private static String word(Sort sort, boolean descending) {
        var word = ORDERS.entrySet().stream()
                .filter(entry -> entry.getValue() == sort)
                .map(Map.Entry::getKey)
                .findAny()
                .orElseThrow();
        return (descending ? "-" : "") + word;
    }
}
