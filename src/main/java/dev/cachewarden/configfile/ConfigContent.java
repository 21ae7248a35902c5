package dev.cachewarden.configfile;

import dev.cachewarden.host.HostDraft;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.pin.PinDraft;
import java.util.List;

/**
 * What a configuration file says, each part of it checked by itself.
 *
 * @param hosts no two of one name
 * @param policies likewise
 * @param pins those of the fleet; no two with one filter
 */
public record ConfigContent(List<HostDraft> hosts, List<PolicyView.Content> policies, List<PinDraft> pins) {

    public ConfigContent {
        hosts = List.copyOf(hosts);
        policies = List.copyOf(policies);
        pins = List.copyOf(pins);
    }
}
