package dev.cachewarden.configfile;

import dev.cachewarden.host.HostDraft;
import dev.cachewarden.prune.PolicyView;
import java.util.List;

/**
 * What a configuration file says, each part of it checked by itself.
 *
 * @param hosts no two of one name
 * @param policies likewise
 */
public record ConfigContent(List<HostDraft> hosts, List<PolicyView.Content> policies) {

    public ConfigContent {
        hosts = List.copyOf(hosts);
        policies = List.copyOf(policies);
    }
}
