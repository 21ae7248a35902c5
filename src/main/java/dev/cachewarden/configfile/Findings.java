package dev.cachewarden.configfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** Collects the errors of a file, and stores the line of each path in it. */
final class Findings {

    /** A completely invalid file has more errors than a user needs. */
    private static final int MOST = 50;

    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private int count;

    /** Stores the line of a path. For a key this is the line of the key itself, not of its value or of content merged into it. */
    void place(String at, Node node) {
        lines.putIfAbsent(at, line(node));
    }

    /** Adds an error at the line of the path, or of its nearest known parent. */
    void add(String at, String reason) {
        add(lineOf(at), at, reason);
    }

    void add(int line, String at, String reason) {
        count++;
        if (problems.size() < MOST) {
            problems.add(new ConfigProblem(line, at, reason));
        }
    }

    int count() {
        return count;
    }

    /** Returns the errors in the order of their detection. The last one may only contain the number of further errors. */
    List<ConfigProblem> problems() {
        var all = new ArrayList<>(problems);
        if (count > MOST) {
            all.add(ConfigProblem.ofFile("has " + (count - MOST) + " more errors"));
        }
        return all;
    }

    int lineOf(String at) {
        String place = at;
        while (!place.isEmpty()) {
            var line = lines.get(place);
            if (line != null) {
                return line;
            }
            place = place.substring(0, Math.max(0, Math.max(place.lastIndexOf('.'), place.lastIndexOf('['))));
        }
        return lines.getOrDefault("", 0);
    }

    static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
