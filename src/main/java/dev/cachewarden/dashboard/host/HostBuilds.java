package dev.cachewarden.dashboard.host;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.Builds;
import dev.cachewarden.dashboard.BuildRates;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The builds of a host, for its page. */
@Component
class HostBuilds {

    private static final int LATEST = 10;

    private final Builds builds;
    private final BuildRates rates;
    private final HostRegistry registry;

    HostBuilds(Builds builds, BuildRates rates, HostRegistry registry) {
        this.builds = builds;
        this.rates = rates;
        this.registry = registry;
    }

    void fill(Model model, WatchedHost host) {
        var builders = registry.buildersOfEngine(host);
        model.addAttribute("rate", rates.of(host));
        model.addAttribute(
                "builds",
                builders.isEmpty()
                        ? List.of()
                        : builds.list(BuildFilter.ofBuilders(builders), null, LATEST)
                                .items());
    }
}
