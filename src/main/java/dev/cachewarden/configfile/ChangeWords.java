package dev.cachewarden.configfile;

import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.configfile.ConfigChange.Action;
import dev.cachewarden.configfile.ConfigChange.Detail;
import dev.cachewarden.configfile.ConfigChange.Kind;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.notify.Severity;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.LabelSelector;
import dev.cachewarden.policy.PolicyChange;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.RuleWords;
import dev.cachewarden.policy.Triggers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Describes the steps of an application as text, before and after it. */
final class ChangeWords {

    /** A limit per run that no policy has. */
    private static final LimitPerRun NONE_LIKE_IT = new LimitPerRun(new ByteSize(1), 1);

    private ChangeWords() {}

    /** @param file path of the applied file */
    static ConfigChange of(Step step, String file) {
        return switch (step) {
            case Step.AddHost add ->
                new ConfigChange(
                        Kind.HOST, add.host().connection().name(), Action.ADDED, between(Map.of(), fields(add.host())));
            case Step.ChangeHost change ->
                new ConfigChange(
                        Kind.HOST,
                        change.before().name(),
                        action(change.before().configFile()),
                        withFile(
                                change.before().configFile(),
                                file,
                                between(fields(ConfigDiff.draft(change.before())), fields(change.after()))));
            case Step.ReleaseHost release ->
                new ConfigChange(Kind.HOST, release.host().name(), Action.RELEASED, List.of());
            case Step.AddPolicy add ->
                new ConfigChange(Kind.POLICY, add.policy().name(), Action.ADDED, all(add.policy()));
            case Step.ChangePolicy change ->
                new ConfigChange(
                        Kind.POLICY,
                        change.before().name(),
                        action(change.before().configFile()),
                        withFile(
                                change.before().configFile(),
                                file,
                                between(change.before().content(), change.after())));
            case Step.ReleasePolicy release ->
                new ConfigChange(
                        Kind.POLICY,
                        release.policy().name(),
                        Action.RELEASED,
                        between(
                                release.policy().content(),
                                release.policy().content().disabled()));
            case Step.AddPin add ->
                new ConfigChange(
                        Kind.PIN,
                        add.pin().filter().toString(),
                        Action.ADDED,
                        note("", add.pin().note()));
            case Step.ChangePin change ->
                new ConfigChange(
                        Kind.PIN,
                        change.before().filter().toString(),
                        action(change.before().configFile()),
                        withFile(
                                change.before().configFile(),
                                file,
                                note(change.before().note(), change.after().note())));
            case Step.AddChannel add ->
                new ConfigChange(Kind.CHANNEL, String.valueOf(add.channel().name()), Action.ADDED, List.of());
            case Step.ChangeChannel change ->
                new ConfigChange(
                        Kind.CHANNEL,
                        change.before().name(),
                        action(change.before().configFile()),
                        withFile(change.before().configFile(), file, changed(change.differences())));
            case Step.ReleaseChannel release ->
                new ConfigChange(Kind.CHANNEL, release.channel().name(), Action.RELEASED, List.of());
            case Step.ChangeAlertRule change ->
                new ConfigChange(
                        Kind.ALERT_RULE,
                        change.after().id().id(),
                        change.file() == null ? Action.ADDED : Action.CHANGED,
                        withFile(change.file(), file, between(fields(change.before()), fields(change.after()))));
            case Step.ReleaseAlertRule release ->
                new ConfigChange(Kind.ALERT_RULE, release.rule().id(), Action.RELEASED, List.of());
            case Step.ReleasePin release ->
                new ConfigChange(Kind.PIN, release.pin().filter().toString(), Action.RELEASED, List.of());
        };
    }

    /** Returns which parts of a channel change, without their values: only administrators read channels. */
    private static List<Detail> changed(List<String> parts) {
        return parts.stream().map(part -> new Detail(part, "", "changed")).toList();
    }

    private static Map<String, String> fields(AlertRule rule) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("Enabled", rule.enabled() ? "yes" : "no");
        for (var severity : Severity.values()) {
            var level = rule.levels().get(severity);
            fields.put(
                    severity.name().charAt(0) + severity.name().substring(1).toLowerCase(Locale.ROOT),
                    level == null ? "" : rule.text(level));
        }
        fields.put("Pending for", Durations.text(rule.pendingFor()));
        fields.put("Host labels", rule.scope().toString());
        return fields;
    }

    private static List<Detail> note(String before, String after) {
        return between(Map.of("Note", before), Map.of("Note", after));
    }

    private static Action action(@Nullable String configFile) {
        return configFile == null ? Action.TAKEN_OVER : Action.CHANGED;
    }

    private static List<Detail> withFile(@Nullable String before, String after, List<Detail> details) {
        if (before == null || before.equals(after)) {
            return details;
        }
        var all = new ArrayList<>(details);
        all.add(new Detail("Configuration file", before, after));
        return all;
    }

    private static List<Detail> between(PolicyView.Content before, PolicyView.Content after) {
        return PolicyChange.between(before, after, RuleWords::of).stream()
                .map(change -> new Detail(change.what(), change.before(), change.after()))
                .toList();
    }

    /**
     * Returns all fields with a value other than the default. It compares the policy with an empty one whose required fields have the
     * opposite value.
     */
    private static List<Detail> all(PolicyView.Content policy) {
        var nothing = new PolicyView.Content(
                policy.name(),
                policy.mode() == PolicyMode.REPORT ? PolicyMode.ENFORCE : PolicyMode.REPORT,
                !policy.enabled(),
                LabelSelector.EVERY_HOST,
                0,
                List.of(),
                List.of(),
                Triggers.NONE,
                NONE_LIKE_IT,
                null,
                RunGuards.NONE);
        return between(nothing, policy).stream()
                .map(detail -> new Detail(detail.what(), "", detail.after()))
                .toList();
    }

    private static List<Detail> between(Map<String, String> before, Map<String, String> after) {
        return after.keySet().stream()
                .map(what -> new Detail(what, before.getOrDefault(what, ""), after.getOrDefault(what, "")))
                .filter(detail -> !detail.before().equals(detail.after()))
                .toList();
    }

    private static Map<String, String> fields(HostDraft host) {
        var fields = new LinkedHashMap<String, String>();
        var address = host.connection().address();
        fields.put(
                "Kind", host.connection().kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        fields.put("Address", address.text());
        fields.put("TLS", tls(address));
        fields.put(
                "Labels",
                new TreeMap<>(host.labels())
                        .entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .collect(Collectors.joining(", ")));
        fields.put("Poll interval", Durations.text(host.pollInterval()));
        fields.put("Enabled", host.enabled() ? "yes" : "no");
        var source = host.connection().freeDiskFrom();
        fields.put("Free disk source", source.text());
        fields.put("SSH key", source instanceof DiskSource.Ssh ssh ? ssh.key().toString() : "");
        return fields;
    }

    private static String tls(HostAddress address) {
        return address instanceof HostAddress.TlsTcp tcp
                ? tcp.files().ca() + ", " + tcp.files().certificate() + ", "
                        + tcp.files().key()
                : "";
    }
}
