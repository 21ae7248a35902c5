package dev.cachewarden.configfile;

import dev.cachewarden.alert.AlertRule;
import dev.cachewarden.alert.RuleDocument;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.FleetPin;
import dev.cachewarden.policy.store.PolicyYaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes hosts, policies, pins, and alert rules in the format of a configuration file. */
final class ConfigYaml {

    private ConfigYaml() {}

    static String of(
            List<WatchedHost> hosts, List<PolicyView> policies, List<FleetPin> pins, List<AlertRule> alertRules) {
        var file = new LinkedHashMap<String, Object>();
        file.put("hosts", hosts.stream().map(ConfigYaml::host).toList());
        file.put(
                "policies",
                policies.stream()
                        .map(policy -> PolicyYaml.written(policy.content()))
                        .toList());
        if (!pins.isEmpty()) {
            file.put("pins", pins.stream().map(ConfigYaml::pin).toList());
        }
        if (!alertRules.isEmpty()) {
            file.put(
                    "alertRules", alertRules.stream().map(ConfigYaml::alertRule).toList());
        }
        return PolicyYaml.dump(file);
    }

    private static Map<String, Object> pin(FleetPin pin) {
        var map = new LinkedHashMap<String, Object>();
        map.put("filter", pin.filter().toString());
        if (!pin.note().isEmpty()) {
            map.put("note", pin.note());
        }
        return map;
    }

    private static Map<String, Object> alertRule(AlertRule rule) {
        var map = new LinkedHashMap<String, Object>();
        var document = RuleDocument.of(rule);
        map.put("id", rule.id().id());
        map.put("enabled", rule.enabled());
        map.put("info", levels(document.info()));
        map.put("warning", levels(document.warning()));
        map.put("critical", levels(document.critical()));
        map.put("pendingFor", String.valueOf(document.pendingFor()));
        if (!rule.scope().everyHost()) {
            map.put("scope", rule.scope().toString());
        }
        return map;
    }

    private static Map<String, Object> levels(RuleDocument.@Nullable Levels levels) {
        var map = new LinkedHashMap<String, Object>();
        if (levels != null && levels.threshold() != null) {
            map.put("threshold", levels.threshold());
        }
        if (levels != null && levels.clear() != null) {
            map.put("clear", levels.clear());
        }
        return map;
    }

    private static Map<String, Object> host(WatchedHost host) {
        var map = new LinkedHashMap<String, Object>();
        var address = host.connection().address();
        map.put("name", host.name());
        map.put("kind", host.connection().kind().name());
        map.put("address", address.text());
        if (address instanceof HostAddress.TlsTcp tcp) {
            var tls = new LinkedHashMap<String, Object>();
            tls.put("ca", tcp.files().ca().toString());
            tls.put("certificate", tcp.files().certificate().toString());
            tls.put("key", tcp.files().key().toString());
            map.put("tls", tls);
        }
        if (!host.labels().isEmpty()) {
            map.put("labels", new TreeMap<>(host.labels()));
        }
        map.put("pollInterval", host.pollInterval().toString());
        map.put("enabled", host.enabled());
        var source = host.connection().freeDiskFrom();
        if (!source.equals(DiskSource.LOCAL)) {
            map.put("freeDiskFrom", source.text());
        }
        if (source instanceof DiskSource.Ssh ssh) {
            map.put("freeDiskKey", ssh.key().toString());
        }
        return map;
    }
}
