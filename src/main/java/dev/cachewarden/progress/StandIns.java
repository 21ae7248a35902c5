package dev.cachewarden.progress;

import dev.cachewarden.progress.StagePlace.Stage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Finds instructions of a build that have the name of another stage. BuildKit runs an instruction only once if two stages share it, in one
 * build or in two concurrent ones. It uses the name from either stage. Then one stage lacks the instruction, and the other stage consists
 * only of such instructions.
 */
final class StandIns {

    /** The maximum number of stages that are searched. */
    private static final int MOST_STAGES = 100;

    /** The maximum number of missing places of a stage. With more, a part of the log is probably missing. */
    private static final int MOST_MISSING = 20;

    private final Map<Integer, String> names;

    /** Vertices of each stage by their places in it. */
    private final Map<Stage, TreeMap<Integer, Integer>> stages = new HashMap<>();

    /** @param names names of the vertices of one build, without targets, by vertex */
    StandIns(Map<Integer, String> names) {
        this.names = names;
        names.forEach((vertex, name) -> {
            var place = StagePlace.of(name);
            if (place != null) {
                stages.computeIfAbsent(place.key(), any -> new TreeMap<>()).put(place.place(), vertex);
            }
        });
    }

    /** Returns the names of the found instructions in the stage that lacks them, by vertex. */
    Map<Integer, String> ownNames() {
        Map<Integer, String> own = new HashMap<>();
        stages().forEach((other, stage) -> stages.getOrDefault(other, new TreeMap<>())
                .forEach((place, vertex) -> {
                    String name = names.getOrDefault(vertex, "]");
                    own.put(vertex, named(stage, place, name.substring(name.indexOf(']'))));
                }));
        return own;
    }

    private static String named(Stage stage, int place, String rest) {
        String last = String.valueOf(stage.length());
        String aligned =
                " ".repeat(Math.max(0, last.length() - String.valueOf(place).length())) + place;
        return "[" + (stage.name().isEmpty() ? "" : stage.name() + " ") + aligned + "/" + last + rest;
    }

    /** Returns stages that appear only in place of another stage, with that other stage. */
    private Map<Stage, Stage> stages() {
        Map<Stage, Stage> found = new HashMap<>();
        if (stages.size() > MOST_STAGES) {
            return found;
        }
        Set<Stage> ambiguous = new HashSet<>();
        stages.forEach((stage, places) -> {
            var missing = missing(places);
            var others = missing.isEmpty() ? List.<Stage>of() : filling(stage, missing);
            if (others.size() == 1 && found.put(others.getFirst(), stage) != null) {
                ambiguous.add(others.getFirst());
            }
        });
        found.keySet().removeAll(ambiguous);
        return found;
    }

    private static Set<Integer> missing(NavigableMap<Integer, Integer> places) {
        if (places.lastKey() - places.size() > MOST_MISSING) {
            return Set.of();
        }
        Set<Integer> missing = new HashSet<>();
        IntStream.range(1, places.lastKey())
                .filter(place -> !places.containsKey(place))
                .forEach(missing::add);
        return missing;
    }

    private List<Stage> filling(Stage stage, Set<Integer> missing) {
        return stages.entrySet().stream()
                .filter(other -> !other.getKey().equals(stage)
                        && other.getValue().size() < other.getKey().length()
                        && missing.equals(other.getValue().keySet()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
