package dev.cachewarden.host;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.rest.FieldProblem;
import dev.cachewarden.rest.VisibleText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The desired settings of a host, not yet saved.
 *
 * @param labels keys and values of letters, digits, dots, dashes, and underscores
 * @param pollInterval from 5 seconds to one day
 */
public record HostDraft(HostConnection connection, Map<String, String> labels, Duration pollInterval, boolean enabled) {

    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(5);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);
    private static final int MOST_LABELS = 32;
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._+-]{0,62}");
    private static final Pattern LABEL_PART = Pattern.compile("[\\p{L}\\p{N}._-]{1,63}");

    public HostDraft {
        labels = Map.copyOf(labels);
    }

    /** Returns all problems of the draft itself, without a check against other hosts or the network. Empty if it is valid. */
    public List<FieldProblem> problems() {
        var problems = new ArrayList<FieldProblem>();
        String name = connection.name();
        if (!NAME.matcher(name).matches() || name.endsWith(" ") || !VisibleText.isVisible(name)) {
            problems.add(new FieldProblem(
                    "name",
                    "'" + name
                            + "' is not a valid name; start with a letter or digit, and use only letters, digits,"
                            + " spaces,"
                            + " and . _ + -, at most 63 characters"));
        }
        checkLabels(labels, problems);
        if (pollInterval.compareTo(SHORTEST_INTERVAL) < 0 || pollInterval.compareTo(LONGEST_INTERVAL) > 0) {
            problems.add(
                    new FieldProblem("pollInterval", "must be from 5s to 1d, not " + Durations.format(pollInterval)));
        } else if (pollInterval.getNano() != 0) {
            problems.add(new FieldProblem("pollInterval", "'" + pollInterval + "' is too precise; use whole seconds"));
        }
        return problems;
    }

    private static void checkLabels(Map<String, String> labels, List<FieldProblem> problems) {
        if (labels.size() > MOST_LABELS) {
            problems.add(new FieldProblem("labels", "has " + labels.size() + " labels; the maximum is " + MOST_LABELS));
        }
        labels.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(label -> {
            if (!isLabelPart(label.getKey()) || !isLabelPart(label.getValue())) {
                problems.add(new FieldProblem(
                        "labels",
                        "'" + label.getKey() + "=" + label.getValue()
                                + "' is not a valid label; write key=value, each with up to 63"
                                + " letters, digits, dots, dashes, and underscores"));
            }
        });
    }

    private static boolean isLabelPart(String text) {
        return LABEL_PART.matcher(text).matches() && VisibleText.isVisible(text);
    }
}
