package dev.cachewarden.configfile.apply;

import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.prune.PolicyView;
import dev.cachewarden.prune.pin.FleetPin;
import dev.cachewarden.prune.pin.PinDraft;

/** One difference between a configuration file and what is stored, and so one thing that applying the file does. */
sealed interface Step {

    /** A host that is not there yet. */
    record AddHost(HostDraft host) implements Step {}

    /** A host that is otherwise, or that people made. */
    record ChangeHost(WatchedHost before, HostDraft after) implements Step {}

    /** A host that a file says no longer. */
    record ReleaseHost(WatchedHost host) implements Step {}

    /** A policy that is not there yet. */
    record AddPolicy(PolicyView.Content policy) implements Step {}

    /** A policy that is otherwise, or that people made. */
    record ChangePolicy(PolicyView before, PolicyView.Content after) implements Step {}

    /** A policy that a file says no longer. */
    record ReleasePolicy(PolicyView policy) implements Step {}

    /** A pin that is not stored yet. */
    record AddPin(PinDraft pin) implements Step {}

    /** A pin with another note, or that a person made. */
    record ChangePin(FleetPin before, PinDraft after) implements Step {}

    /** A pin that is no longer in the file. */
    record ReleasePin(FleetPin pin) implements Step {}
}
