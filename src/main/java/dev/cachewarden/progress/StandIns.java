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
 * Instructions of a build that go by the name that another stage has for the same. BuildKit makes once what two stages have alike, be it in
 * one build or in two at once, and names it after either: one stage lacks it then, and of the other it is all that is there.
 */
final class StandIns {

    /** With more nobody looks for them. */
    private static final int MOST_STAGES = 100;

    /** A stage that seems to lack more has rather lost part of its log. */
    private static final int MOST_MISSING = 20;

    private final Map<Integer, String> names;

    /** Vertices of each stage by their places in it. */
    private final Map<Stage, TreeMap<Integer, Integer>> stages = new HashMap<>();

    /** @param names without targets, of one build, by vertex */
    StandIns(Map<Integer, String> names) {
        this.names = names;
        names.forEach((vertex, name) -> {
            var place = StagePlace.of(name);
            if (place != null) {
                stages.computeIfAbsent(place.key(), any -> new TreeMap<>()).put(place.place(), vertex);
            }
        });
    }

    /** The names that they have in the stage that lacks them, by vertex. */
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

    /** Stages that are there only in the place of another, and that other. */
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
