package dev.cachewarden.dashboard;

import dev.cachewarden.dashboard.HostStatus.Level;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class HostListController {

    private static final int PAGE = 50;

    private final Fleet fleet;
    private final BuildRates rates;

    HostListController(Fleet fleet, BuildRates rates) {
        this.fleet = fleet;
        this.rates = rates;
    }

    /** The order of a list of hosts. */
    enum Order {
        NAME(Comparator.comparing((HostSummary host) -> host.host().name(), String.CASE_INSENSITIVE_ORDER)),
        STATUS(Comparator.comparing(host -> host.status().level())),
        CACHE(Comparator.comparing(HostSummary::total).reversed()),
        RECLAIMABLE(Comparator.comparing(HostSummary::reclaimable).reversed()),
        READ(Comparator.comparing(host -> host.takenAt() == null ? Instant.MIN : host.takenAt()));

        private final Comparator<HostSummary> comparator;

        Order(Comparator<HostSummary> comparator) {
            this.comparator = comparator;
        }

        Comparator<HostSummary> comparator() {
            return comparator.thenComparing(host -> host.host().name());
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Order ofWord(String word) {
            return Arrays.stream(values())
                    .filter(order -> order.word().equals(word))
                    .findAny()
                    .orElse(NAME);
        }
    }

    /**
     * The list.
     *
     * @param hosts hosts of this page
     * @param matching number of matching hosts on all pages
     * @param total number of all hosts
     * @param page number of this page, from 1
     */
    record HostListView(
            List<HostSummary> hosts,
            int matching,
            int total,
            String q,
            String status,
            String sort,
            int page,
            int pages) {}

    @GetMapping("/hosts")
    String list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "name") String sort,
            @RequestParam(defaultValue = "1") int page,
            Model model) {
        var all = fleet.all();
        var order = Order.ofWord(sort);
        var level = Arrays.stream(Level.values())
                .filter(l -> l.word().equals(status))
                .findAny();
        var matching = all.stream()
                .filter(host -> matches(host, q.strip(), level))
                .sorted(order.comparator())
                .toList();
        int pages = Math.max(1, (matching.size() + PAGE - 1) / PAGE);
        int shown = Math.clamp(page, 1, pages);
        var hosts = matching.stream().skip((shown - 1L) * PAGE).limit(PAGE).toList();
        model.addAttribute(
                "rates", rates.byHost(hosts.stream().map(HostSummary::host).toList()));
        model.addAttribute(
                "view",
                new HostListView(
                        hosts,
                        matching.size(),
                        all.size(),
                        q.strip(),
                        level.map(Level::word).orElse(""),
                        order.word(),
                        shown,
                        pages));
        return "dashboard/hosts";
    }

    private static boolean matches(HostSummary summary, String text, Optional<Level> level) {
        if (level.isPresent() && summary.status().level() != level.get()) {
            return false;
        }
        var host = summary.host();
        var wanted = text.toLowerCase(Locale.ROOT);
        return host.name().toLowerCase(Locale.ROOT).contains(wanted)
                || host.connection().address().text().toLowerCase(Locale.ROOT).contains(wanted)
                || host.labels().entrySet().stream()
                        .anyMatch(label -> (label.getKey() + "=" + label.getValue())
                                .toLowerCase(Locale.ROOT)
                                .contains(wanted));
    }
}
