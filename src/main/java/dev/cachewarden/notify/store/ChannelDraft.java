package dev.cachewarden.notify.store;

import dev.cachewarden.notify.Severity;
import dev.cachewarden.notify.channel.Channel;
import dev.cachewarden.notify.channel.ChannelReader;
import dev.cachewarden.notify.channel.ChannelType;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The definition of a channel.
 *
 * @param name unique name, without regard to case
 * @param enabled whether it receives notifications
 * @param leastSeverity the lowest severity that it receives
 * @param labels the labels that a notification must have, with these values; empty for all notifications
 * @param settings the settings of its type, by name, with their secrets
 */
public record ChannelDraft(
        String name,
        ChannelType type,
        boolean enabled,
        Severity leastSeverity,
        Map<String, String> labels,
        Map<String, String> settings) {

    private static final int LONGEST_NAME = 64;
    private static final int MOST_LABELS = 20;
    private static final int LONGEST_LABEL = 200;

    public ChannelDraft {
        name = name.strip();
        labels = Map.copyOf(labels);
        var present = new LinkedHashMap<String, String>();
        settings.forEach((setting, value) -> {
            if (!value.isBlank()) {
                present.put(setting, value.strip());
            }
        });
        settings = Map.copyOf(present);
    }

    /**
     * Returns the channel.
     *
     * @throws InvalidInputException naming each invalid field
     */
    public Channel channel() {
        var problems = new ArrayList<FieldProblem>();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            problems.add(new FieldProblem("name", "must be 1 to " + LONGEST_NAME + " characters on one line"));
        }
        boolean longLabel = labels.entrySet().stream()
                .anyMatch(label -> label.getKey().isBlank()
                        || label.getKey().length() > LONGEST_LABEL
                        || label.getValue().length() > LONGEST_LABEL);
        if (longLabel || labels.size() > MOST_LABELS) {
            problems.add(new FieldProblem(
                    "labels",
                    "must be at most " + MOST_LABELS + ", with names and values of at most " + LONGEST_LABEL
                            + " characters"));
        }
        return channel(problems);
    }

    private Channel channel(List<FieldProblem> problems) {
        try {
            var channel = ChannelReader.read(type, settings);
            if (problems.isEmpty()) {
                return channel;
            }
        } catch (InvalidInputException e) {
            e.problems()
                    .forEach(
                            problem -> problems.add(new FieldProblem("settings." + problem.field(), problem.reason())));
        }
        throw new InvalidInputException(problems);
    }

    @Override
    public String toString() {
        return name + " (" + type + ")";
    }
}
