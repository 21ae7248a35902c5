package dev.cachewarden.configfile.read;

import dev.cachewarden.configfile.ConfigProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** Collects what is wrong with a file, and remembers on which line each place of it is. */
final class Findings {

    /** A file of garbage has more than anybody reads. */
    private static final int MOST = 50;

    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private int count;

    /** Remembers where a place is; of a key that is where it stands, not what follows it or is merged into it. */
    void place(String at, Node node) {
        lines.putIfAbsent(at, line(node));
    }

    /** Notes what is wrong with a place, on the line where it or what it is part of begins. */
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

    /** In the order they were found; the last one may only tell how many more there are. */
    List<ConfigProblem> problems() {
        var all = new ArrayList<>(problems);
        if (count > MOST) {
            all.add(ConfigProblem.ofFile("has " + (count - MOST) + " more problems"));
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
