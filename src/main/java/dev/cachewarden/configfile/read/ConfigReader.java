package dev.cachewarden.configfile.read;

import dev.cachewarden.configfile.ConfigContent;
import dev.cachewarden.configfile.ConfigReading;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.prune.Policies;
import dev.cachewarden.prune.PolicyView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Reads a configuration file: {@code hosts} and {@code policies}, both lists, at least one of them. Keys at the top that begin with
 * {@code x-} are passed over; they are for anchors.
 */
@Component
public class ConfigReader {

    private static final String LATER = "channels";

    private final Policies policies;

    public ConfigReader(Policies policies) {
        this.policies = policies;
    }

    /** @param bytes of the whole file, or, of one that is too large, more than {@link #mostBytes} of them */
    public ConfigReading read(byte[] bytes) {
        var findings = new Findings();
        var root = YamlText.parse(bytes, findings);
        var top = root == null ? null : Section.of("", root, findings);
        if (top == null) {
            return new ConfigReading.Bad(findings.problems());
        }
        var content = content(top, findings);
        return findings.count() == 0 ? new ConfigReading.Good(content) : new ConfigReading.Bad(findings.problems());
    }

    /** The most a file may have; whoever fetches one need not fetch more than one byte above. */
    public static int mostBytes() {
        return YamlText.LARGEST;
    }

    private ConfigContent content(Section top, Findings findings) {
        if (!top.has("hosts") && !top.has("policies")) {
            findings.add(
                    0,
                    "",
                    "says nothing: it has neither hosts nor policies; to have none, write hosts: [] and"
                            + " policies: []");
        }
        var hosts = hosts(top.sections("hosts"), findings);
        var read = policies(top.sections("policies"), findings);
        if (top.has(LATER)) {
            findings.add(LATER, "cannot be used yet: this version of Cachewarden sends no notifications");
        }
        top.end(key -> key.startsWith("x-") || key.equals(LATER));
        return new ConfigContent(hosts, read);
    }

    private static List<HostDraft> hosts(List<Section> sections, Findings findings) {
        var hosts = new ArrayList<HostDraft>();
        var names = new HashMap<String, String>();
        for (var section : sections) {
            var host = HostSection.read(section, findings);
            if (host != null && isNew(host.connection().name(), section, names, findings)) {
                hosts.add(host);
            }
        }
        return hosts;
    }

    private List<PolicyView.Content> policies(List<Section> sections, Findings findings) {
        var read = new ArrayList<PolicyView.Content>();
        var names = new HashMap<String, String>();
        var reader = new PolicySection(policies, findings);
        for (var section : sections) {
            var policy = reader.read(section);
            if (policy != null && isNew(policy.name(), section, names, findings)) {
                read.add(policy);
            }
        }
        return read;
    }

    private static boolean isNew(String name, Section section, Map<String, String> names, Findings findings) {
        var other = names.putIfAbsent(name, section.at());
        if (other != null) {
            findings.add(
                    section.inside("name"),
                    "'" + name + "' is the name of " + other + " too, on line " + findings.lineOf(other));
        }
        return other == null;
    }
}
