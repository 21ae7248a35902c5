package dev.cachewarden.configfile;

import dev.cachewarden.host.HostDraft;
import dev.cachewarden.notify.store.ChannelInput;
import dev.cachewarden.policy.Policies;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.FleetPin;
import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.rest.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads a configuration file. It has the lists {@code hosts}, {@code policies}, {@code pins}, {@code channels}, and {@code alertRules}, at least one of them. Top-level keys that
 * start with {@code x-} are ignored; they are for anchors.
 */
@Component
class ConfigReader {

    private final Policies policies;
    private final Pins pins;

    public ConfigReader(Policies policies, Pins pins) {
        this.policies = policies;
        this.pins = pins;
    }

    /** @param bytes the whole file, or more than {@link #mostBytes} bytes of a file that is too large */
    public ConfigReading read(byte[] bytes) {
        var findings = new Findings();
        var root = YamlText.parse(bytes, findings);
        var top = root == null ? null : Section.of("", root, findings);
        if (top == null) {
            return new ConfigReading.Invalid(findings.problems());
        }
        var content = content(top, findings);
        return findings.count() == 0
                ? new ConfigReading.Valid(content)
                : new ConfigReading.Invalid(findings.problems());
    }

    /** Returns the maximum size of a file in bytes. A caller needs to read at most one byte more. */
    public static int mostBytes() {
        return YamlText.LARGEST;
    }

    private ConfigContent content(Section top, Findings findings) {
        if (!top.has("hosts")
                && !top.has("policies")
                && !top.has("pins")
                && !top.has("channels")
                && !top.has("alertRules")) {
            findings.add(
                    0,
                    "",
                    "contains no hosts, policies, pins, channels, or alert rules. If this is intended, write hosts: [] and policies: []");
        }
        var hosts = hosts(top.sections("hosts"), findings);
        var read = policies(top.sections("policies"), findings);
        var pinned = pins(top.sections("pins", "; write {filter: …, note: …}"), findings);
        var channels = channels(top.sections("channels"), findings);
        var rules = AlertRuleSection.read(top.sections("alertRules"), findings);
        top.end(key -> key.startsWith("x-"));
        return new ConfigContent(hosts, read, pinned, channels, rules);
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

    private List<FleetPin.Draft> pins(List<Section> sections, Findings findings) {
        var read = new ArrayList<FleetPin.Draft>();
        var filters = new HashMap<String, String>();
        for (var section : sections) {
            var pin = pin(section, findings);
            var other = pin == null ? null : filters.putIfAbsent(pin.filter().toString(), section.at());
            if (other != null) {
                findings.add(
                        section.inside("filter"),
                        "is also the filter of " + other + " on line " + findings.lineOf(other)
                                + "; remove one of them");
            } else if (pin != null) {
                read.add(pin);
            }
        }
        if (sections.size() > Pins.MOST) {
            findings.add("pins", "has " + sections.size() + " pins; the maximum is " + Pins.MOST);
        }
        return read;
    }

    /** Returns a pin, or null if it is invalid; then records the errors. */
    private FleetPin.@Nullable Draft pin(Section section, Findings findings) {
        int before = findings.count();
        var filter = section.text("filter");
        var note = section.text("note");
        section.end();
        if (findings.count() > before) {
            return null;
        }
        try {
            return pins.read(filter, note);
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> findings.add(section.inside(problem.field()), problem.reason()));
            return null;
        }
    }

    private static List<ChannelInput> channels(List<Section> sections, Findings findings) {
        var channels = new ArrayList<ChannelInput>();
        var names = new HashMap<String, String>();
        for (var section : sections) {
            var channel = channel(section, findings);
            if (channel != null
                    && isNew(String.valueOf(channel.name()).toLowerCase(Locale.ROOT), section, names, findings)) {
                channels.add(channel);
            }
        }
        return channels;
    }

    /** Returns a channel, or null if it is invalid; then records the errors. Its secrets can be absent. */
    private static @Nullable ChannelInput channel(Section section, Findings findings) {
        int before = findings.count();
        var channel = new ChannelInput(
                section.text("name"),
                section.text("type"),
                section.flag("enabled"),
                section.text("leastSeverity"),
                section.words("labels"),
                section.words("settings"));
        section.end();
        if (findings.count() > before) {
            return null;
        }
        try {
            channel.check();
            return channel;
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> findings.add(section.inside(problem.field()), problem.reason()));
            return null;
        }
    }

    private static boolean isNew(String name, Section section, Map<String, String> names, Findings findings) {
        var other = names.putIfAbsent(name, section.at());
        if (other != null) {
            findings.add(
                    section.inside("name"),
                    "'" + name + "' is also the name of " + other + " on line " + findings.lineOf(other)
                            + "; change one of them");
        }
        return other == null;
    }
}
