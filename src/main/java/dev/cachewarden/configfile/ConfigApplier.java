package dev.cachewarden.configfile;

import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.alert.BuiltInRules;
import dev.cachewarden.alert.store.AlertRules;
import dev.cachewarden.host.ConfiguredHosts;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.notify.store.ChannelView;
import dev.cachewarden.notify.store.ConfiguredChannels;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.ConfiguredPins;
import dev.cachewarden.policy.store.ConfiguredPolicies;
import dev.cachewarden.policy.store.FleetPin;
import dev.cachewarden.policy.store.Pins;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Applies a file to the stored configuration in one transaction, completely or not at all. A second application finds no changes. Any
 * number of replicas can therefore apply the file at any time.
 */
@Component
@Transactional
class ConfigApplier {

    private static final Duration KEPT = Duration.ofDays(365);

    private final HostRegistry hosts;
    private final ConfiguredHosts configuredHosts;
    private final Policies policies;
    private final ConfiguredPolicies configuredPolicies;
    private final Pins pins;
    private final ConfiguredPins configuredPins;
    private final ConfiguredChannels channels;
    private final AlertRules alertRules;
    private final ConfigRows rows;
    private final InstantSource clock;

    ConfigApplier(
            HostRegistry hosts,
            ConfiguredHosts configuredHosts,
            Policies policies,
            ConfiguredPolicies configuredPolicies,
            Pins pins,
            ConfiguredPins configuredPins,
            ConfiguredChannels channels,
            AlertRules alertRules,
            ConfigRows rows,
            InstantSource clock) {
        this.hosts = hosts;
        this.configuredHosts = configuredHosts;
        this.policies = policies;
        this.configuredPolicies = configuredPolicies;
        this.pins = pins;
        this.configuredPins = configuredPins;
        this.channels = channels;
        this.alertRules = alertRules;
        this.rows = rows;
        this.clock = clock;
    }

    /** Returns the changes that the file would make. */
    @Transactional(readOnly = true)
    List<ConfigChange> changes(ConfigContent content, String file) {
        return words(steps(content, file), file);
    }

    /**
     * Applies a file.
     *
     * @param by name of the user or of Cachewarden, for the list of applications and the versions of policies
     * @return the changes made; empty if there were none
     * @throws dev.cachewarden.rest.ConflictException if another user changes the same resource at the same time; nothing was stored
     */
    List<ConfigChange> apply(ConfigContent content, String file, String hash, String by) {
        rows.lock();
        var steps = steps(content, file);
        steps.forEach(step -> applyStep(step, file, by + " (" + shortened(hash) + ")"));
        var changes = words(steps, file);
        if (!changes.isEmpty() || differsFromLastApplied(file, hash)) {
            rows.add(new ConfigApplication(clock.instant(), by, file, hash, changes));
            rows.deleteOlderThan(clock.instant().minus(KEPT));
        }
        return changes;
    }

    private List<Step> steps(ConfigContent content, String file) {
        var steps = ConfigDiff.of(content, file, hosts.all(), policies.all(), pins.all());
        ConfigDiff.channels(content.channels(), file, channels, steps);
        ConfigDiff.alertRules(content.alertRules(), file, alertRules, steps);
        return steps;
    }

    private static List<ConfigChange> words(List<Step> steps, String file) {
        return steps.stream().map(step -> ChangeWords.of(step, file)).toList();
    }

    private boolean differsFromLastApplied(String file, String hash) {
        return rows.latest(1).stream()
                .noneMatch(last -> last.hash().equals(hash) && last.file().equals(file));
    }

    private void applyStep(Step step, String file, String by) {
        switch (step) {
            case Step.AddHost add -> configuredHosts.add(add.host(), file);
            case Step.ChangeHost change ->
                configuredHosts.change(change.before().id(), change.after(), file);
            case Step.ReleaseHost release ->
                configuredHosts.release(release.host().id());
            case Step.AddPolicy add -> configuredPolicies.create(add.policy(), file, by);
            case Step.ChangePolicy change -> configuredPolicies.change(change.before(), change.after(), file, by);
            case Step.ReleasePolicy release -> configuredPolicies.disableAndRelease(release.policy(), by);
            case Step.AddPin add -> configuredPins.create(add.pin(), file, by);
            case Step.ChangePin change ->
                configuredPins.change(change.before(), change.after().note(), file);
            case Step.ReleasePin release -> configuredPins.release(release.pin());
            case Step.AddChannel add -> channels.create(add.channel(), file, by);
            case Step.ChangeChannel change -> channels.change(change.before(), change.after(), file, by);
            case Step.ReleaseChannel release -> channels.release(release.channel());
            case Step.ChangeAlertRule change -> alertRules.configure(change.after(), file, by);
            case Step.ReleaseAlertRule release -> alertRules.release(release.rule());
        }
    }

    /** Releases all managed resources unchanged, and returns their number. */
    int release() {
        rows.lock();
        var ownedHosts = ownedHosts();
        var ownedPolicies = ownedPolicies();
        ownedHosts.forEach(host -> configuredHosts.release(host.id()));
        ownedPolicies.forEach(configuredPolicies::release);
        var ownedPins = ownedPins();
        ownedPins.forEach(configuredPins::release);
        var ownedChannels = ownedChannels();
        ownedChannels.forEach(channels::release);
        var ownedRules = alertRules.files().keySet();
        ownedRules.forEach(alertRules::release);
        return ownedHosts.size() + ownedPolicies.size() + ownedPins.size() + ownedChannels.size() + ownedRules.size();
    }

    /** Returns the number of hosts, policies, pins, channels, and alert rules that a file manages. */
    @Transactional(readOnly = true)
    int entries() {
        return ownedHosts().size()
                + ownedPolicies().size()
                + ownedPins().size()
                + ownedChannels().size()
                + alertRules.files().size();
    }

    /** Returns the alert rules that a file manages or whose settings differ from their defaults. */
    @Transactional(readOnly = true)
    List<AlertRule> changedRules() {
        var managed = alertRules.files().keySet();
        return alertRules.all().values().stream()
                .filter(rule -> managed.contains(rule.id()) || !rule.equals(BuiltInRules.of(rule.id())))
                .toList();
    }

    private List<ChannelView> ownedChannels() {
        return channels.all().stream()
                .filter(channel -> channel.configFile() != null)
                .toList();
    }

    private List<FleetPin> ownedPins() {
        return pins.all().stream().filter(pin -> pin.configFile() != null).toList();
    }

    private List<WatchedHost> ownedHosts() {
        return hosts.all().stream().filter(host -> host.configFile() != null).toList();
    }

    private List<PolicyView> ownedPolicies() {
        return policies.all().stream()
                .filter(policy -> policy.configFile() != null)
                .toList();
    }

    /** Returns the start of a hash, which is long enough to distinguish files. */
    static String shortened(String hash) {
        return hash.substring(0, 12);
    }
}
