package dev.cachewarden.alert.store;

import dev.cachewarden.alert.PruneOutlook;
import dev.cachewarden.alert.PruneOutlook.LastRun;
import dev.cachewarden.alert.store.RunFacts.EndedRun;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyPrecedence;
import dev.cachewarden.policy.PolicyView;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Determines what the policy of each host does next there. */
@Component
class PruneOutlooks {

    private final RunFacts runs;
    private final Policies policies;
    private final HostRegistry hosts;

    PruneOutlooks(RunFacts runs, Policies policies, HostRegistry hosts) {
        this.runs = runs;
        this.policies = policies;
        this.hosts = hosts;
    }

    Map<HostId, PruneOutlook> all() {
        return of(hosts.all(), policies.all(), runs.ended(), runs.active());
    }

    static Map<HostId, PruneOutlook> of(
            List<WatchedHost> hosts, List<PolicyView> policies, List<EndedRun> ended, Map<HostId, Instant> active) {
        var found = new HashMap<HostId, PruneOutlook>();
        var byEngine = hosts.stream()
                .filter(host -> host.engineId() != null)
                .collect(Collectors.groupingBy(host -> String.valueOf(host.engineId())));
        var endedByHost = ended.stream().collect(Collectors.groupingBy(EndedRun::host));
        for (var addresses : byEngine.values()) {
            var governing = PolicyPrecedence.of(addresses, policies).governing().orElse(null);
            for (var host : addresses) {
                var running = active.get(host.id());
                if (governing != null) {
                    var last = endedByHost.getOrDefault(host.id(), List.of()).stream()
                            .filter(run -> run.policy() == governing.id())
                            .findFirst()
                            .map(run -> new LastRun(run.id(), run.endedAt(), run.deletedBytes()))
                            .orElse(null);
                    found.put(
                            host.id(),
                            new PruneOutlook(governing.id(), governing.name(), running, governing.nextStartAt(), last));
                } else if (running != null) {
                    found.put(host.id(), new PruneOutlook(null, "", running, null, null));
                }
            }
        }
        return found;
    }
}
