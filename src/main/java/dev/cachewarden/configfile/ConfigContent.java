package dev.cachewarden.configfile;

import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.notify.store.ChannelInput;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.FleetPin;
import java.util.List;

/**
 * The content of a configuration file. Each part of it was validated separately.
 *
 * @param hosts hosts with unique names
 * @param policies policies with unique names
 * @param pins pins of the fleet with unique filters
 * @param channels channels with unique names
 * @param alertRules rules with unique IDs
 */
public record ConfigContent(
        List<HostDraft> hosts,
        List<PolicyView.Content> policies,
        List<FleetPin.Draft> pins,
        List<ChannelInput> channels,
        List<AlertRule> alertRules) {

    public ConfigContent {
        hosts = List.copyOf(hosts);
        policies = List.copyOf(policies);
        pins = List.copyOf(pins);
        channels = List.copyOf(channels);
        alertRules = List.copyOf(alertRules);
    }
}
