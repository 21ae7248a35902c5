package dev.cachewarden.dashboard;

import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.ChannelType;
import dev.cachewarden.notify.store.ChannelInput;
import dev.cachewarden.notify.store.ChannelView;
import dev.cachewarden.rest.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.util.MultiValueMap;

/**
 * A channel as entered in the form. If the input is invalid, the page shows it again, without its secrets.
 *
 * @param labels labels as {@code name=value}, one per line or separated by commas
 * @param settings settings by name. A secret that was left empty is absent.
 */
public record ChannelForm(
        ChannelType type,
        String name,
        boolean enabled,
        String leastSeverity,
        String labels,
        Map<String, String> settings) {

    private static final String SETTING = "setting-";
    private static final String REMOVED = "remove";

    static ChannelForm empty(ChannelType type) {
        return new ChannelForm(type, "", true, Severity.INFO.name(), "", Map.of());
    }

    static ChannelForm of(ChannelView channel) {
        var settings = new HashMap<>(channel.settings());
        channel.type().fields().stream()
                .filter(ChannelType.Field::secret)
                .forEach(field -> settings.remove(field.name()));
        return new ChannelForm(
                channel.type(),
                channel.name(),
                channel.enabled(),
                channel.leastSeverity().name(),
                new TreeMap<>(channel.labels())
                        .entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .collect(Collectors.joining("\n")),
                settings);
    }

    static ChannelForm sent(MultiValueMap<String, String> sent) {
        var type = type(first(sent, "type"));
        var settings = new HashMap<String, String>();
        for (var field : type.fields()) {
            var value = first(sent, SETTING + field.name());
            if (!field.secret() || !value.isBlank()) {
                settings.put(field.name(), value);
            }
        }
        sent.getOrDefault(REMOVED, List.of()).forEach(name -> settings.putIfAbsent(name, ""));
        return new ChannelForm(
                type,
                first(sent, "name"),
                sent.containsKey("enabled"),
                Objects.requireNonNullElse(sent.getFirst("leastSeverity"), Severity.INFO.name()),
                first(sent, "labels"),
                settings);
    }

    private static String first(MultiValueMap<String, String> sent, String name) {
        return Objects.requireNonNullElse(sent.getFirst(name), "");
    }

    private static ChannelType type(String name) {
        for (var type : ChannelType.values()) {
            if (type.name().equals(name.strip().toUpperCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new InvalidInputException("type", "is not a type of channel");
    }

    /** Returns a setting for its field, or an empty text for a secret. */
    public String value(ChannelType.Field field) {
        return field.secret() ? "" : settings.getOrDefault(field.name(), "");
    }

    ChannelInput input() {
        var read = new HashMap<String, String>();
        for (var label : labels.split("[\n,]")) {
            if (!label.isBlank()) {
                var parts = label.split("=", 2);
                if (parts.length < 2) {
                    throw new InvalidInputException("labels", "must have the form name=value, one per line");
                }
                read.put(parts[0].strip(), parts[1].strip());
            }
        }
        return new ChannelInput(name, type.name(), enabled, leastSeverity, read, settings);
    }
}
