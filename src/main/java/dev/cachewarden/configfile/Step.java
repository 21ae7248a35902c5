package dev.cachewarden.configfile;

import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.alert.RuleId;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.notify.store.ChannelInput;
import dev.cachewarden.notify.store.ChannelView;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.FleetPin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A difference between a configuration file and the stored configuration, and the step that resolves it. */
sealed interface Step {

    /** Adds a new host. */
    record AddHost(HostDraft host) implements Step {}

    /** Updates a host that differs or that a user created. */
    record ChangeHost(WatchedHost before, HostDraft after) implements Step {}

    /** Releases a host that is no longer in the file. */
    record ReleaseHost(WatchedHost host) implements Step {}

    /** Adds a new policy. */
    record AddPolicy(PolicyView.Content policy) implements Step {}

    /** Updates a policy that differs or that a user created. */
    record ChangePolicy(PolicyView before, PolicyView.Content after) implements Step {}

    /** Releases a policy that is no longer in the file. */
    record ReleasePolicy(PolicyView policy) implements Step {}

    /** Adds a new pin. */
    record AddPin(FleetPin.Draft pin) implements Step {}

    /** Updates a pin that has another note or that a user created. */
    record ChangePin(FleetPin before, FleetPin.Draft after) implements Step {}

    /** Adds a new channel. */
    record AddChannel(ChannelInput channel) implements Step {}

    /**
     * Updates a channel that differs or that a user created.
     *
     * @param differences the names of the parts that differ; may be empty
     */
    record ChangeChannel(ChannelView before, ChannelInput after, List<String> differences) implements Step {}

    /** Releases a channel that is no longer in the file. */
    record ReleaseChannel(ChannelView channel) implements Step {}

    /**
     * Changes an alert rule that differs or that no file manages.
     *
     * @param file the configuration file that manages it so far, or null if none does
     */
    record ChangeAlertRule(AlertRule before, @Nullable String file, AlertRule after) implements Step {}

    /** Releases an alert rule that is no longer in the file. */
    record ReleaseAlertRule(RuleId rule) implements Step {}

    /** Releases a pin that is no longer in the file. */
    record ReleasePin(FleetPin pin) implements Step {}
}
