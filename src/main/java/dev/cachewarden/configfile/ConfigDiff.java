package dev.cachewarden.configfile;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.alert.store.AlertRules;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.notify.store.ChannelInput;
import dev.cachewarden.notify.store.ConfiguredChannels;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.FleetPin;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares a configuration file with the stored configuration. Hosts and policies are matched by name, and pins by filter: a renamed entry
 * counts as a new one.
 *
 * <p>A resource that the file no longer contains is released. A host stays unchanged, because its removal would delete its history. A
 * policy is disabled, because the file no longer requests its deletions. A pin stays in force until an administrator removes it. A
 * channel and an alert rule stay unchanged.
 */
final class ConfigDiff {

    private ConfigDiff() {}

    /**
     * Returns the steps that apply the file, hosts first, or an empty list if there are none.
     *
     * @param file path of the file, which each of its resources stores
     */
    static List<Step> of(
            ConfigContent content,
            String file,
            List<WatchedHost> hosts,
            List<PolicyView> policies,
            List<FleetPin> pins) {
        var steps = new ArrayList<Step>();
        hosts(content.hosts(), file, hosts, steps);
        policies(content.policies(), file, policies, steps);
        pins(content.pins(), file, pins, steps);
        return steps;
    }

    /** Adds the steps for channels. Their names are compared without regard to case. */
    static void channels(List<ChannelInput> wanted, String file, ConfiguredChannels stored, List<Step> steps) {
        var all = stored.all();
        var byName = all.stream().collect(toMap(channel -> folded(channel.name()), identity()));
        for (var channel : wanted) {
            var before = byName.get(folded(channel.name()));
            if (before == null) {
                steps.add(new Step.AddChannel(channel));
                continue;
            }
            var differences = stored.differences(before, channel);
            if (!file.equals(before.configFile()) || !differences.isEmpty()) {
                steps.add(new Step.ChangeChannel(before, channel, differences));
            }
        }
        var names = wanted.stream().map(channel -> folded(channel.name())).collect(Collectors.toSet());
        all.stream()
                .filter(channel -> channel.configFile() != null && !names.contains(folded(channel.name())))
                .forEach(channel -> steps.add(new Step.ReleaseChannel(channel)));
    }

    /** Adds the steps for alert rules. */
    static void alertRules(List<AlertRule> wanted, String file, AlertRules stored, List<Step> steps) {
        var rules = stored.all();
        var files = stored.files();
        for (var rule : wanted) {
            var before = rules.getOrDefault(rule.id(), rule);
            var owner = files.get(rule.id());
            if (!file.equals(owner) || !before.equals(rule)) {
                steps.add(new Step.ChangeAlertRule(before, owner, rule));
            }
        }
        var ids = wanted.stream().map(AlertRule::id).collect(Collectors.toSet());
        files.keySet().stream()
                .filter(id -> !ids.contains(id))
                .sorted()
                .forEach(id -> steps.add(new Step.ReleaseAlertRule(id)));
    }

    private static String folded(@Nullable String name) {
        return String.valueOf(name).strip().toLowerCase(Locale.ROOT);
    }

    private static void hosts(List<HostDraft> wanted, String file, List<WatchedHost> stored, List<Step> steps) {
        var byName = stored.stream().collect(toMap(WatchedHost::name, identity()));
        for (var host : wanted) {
            var before = byName.get(host.connection().name());
            if (before == null) {
                steps.add(new Step.AddHost(host));
            } else if (!file.equals(before.configFile()) || !draft(before).equals(host)) {
                steps.add(new Step.ChangeHost(before, host));
            }
        }
        var names = wanted.stream().map(host -> host.connection().name()).collect(Collectors.toSet());
        stored.stream()
                .filter(host -> host.configFile() != null && !names.contains(host.name()))
                .forEach(host -> steps.add(new Step.ReleaseHost(host)));
    }

    private static void policies(
            List<PolicyView.Content> wanted, String file, List<PolicyView> stored, List<Step> steps) {
        var byName = stored.stream().collect(toMap(PolicyView::name, identity()));
        for (var policy : wanted) {
            var before = byName.get(policy.name());
            if (before == null) {
                steps.add(new Step.AddPolicy(policy));
            } else if (!file.equals(before.configFile()) || !before.content().equals(policy)) {
                steps.add(new Step.ChangePolicy(before, policy));
            }
        }
        var names = wanted.stream().map(PolicyView.Content::name).collect(Collectors.toSet());
        stored.stream()
                .filter(policy -> policy.configFile() != null && !names.contains(policy.name()))
                .forEach(policy -> steps.add(new Step.ReleasePolicy(policy)));
    }

    private static void pins(List<FleetPin.Draft> wanted, String file, List<FleetPin> stored, List<Step> steps) {
        var byFilter = stored.stream().collect(toMap(pin -> pin.filter().toString(), identity()));
        for (var pin : wanted) {
            var before = byFilter.get(pin.filter().toString());
            if (before == null) {
                steps.add(new Step.AddPin(pin));
            } else if (!file.equals(before.configFile()) || !before.note().equals(pin.note())) {
                steps.add(new Step.ChangePin(before, pin));
            }
        }
        var filters = wanted.stream().map(pin -> pin.filter().toString()).collect(Collectors.toSet());
        stored.stream()
                .filter(pin -> pin.configFile() != null
                        && !filters.contains(pin.filter().toString()))
                .forEach(pin -> steps.add(new Step.ReleasePin(pin)));
    }

    static HostDraft draft(WatchedHost host) {
        return new HostDraft(host.connection(), host.labels(), host.pollInterval(), host.enabled());
    }
}
