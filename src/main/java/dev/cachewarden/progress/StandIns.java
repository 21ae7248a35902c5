package dev.cachewarden.progress;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private final Map<String, TreeMap<Integer, Integer>> stages = new HashMap<>();

    private final Map<String, Integer> lasts = new HashMap<>();

    private final Map<String, ? extends Map<Integer, ?>> elsewhere;

    /** @param names without targets, of one build, by vertex */
    StandIns(Map<Integer, String> names) {
        this(names, Map.of());
    }

    /**
     * Of a build of which not all is known to belong to it.
     *
     * @param elsewhere places of stages that no stage lacks
     */
    StandIns(Map<Integer, String> names, Map<String, ? extends Map<Integer, ?>> elsewhere) {
        this.names = names;
        this.elsewhere = elsewhere;
        names.forEach((vertex, name) -> {
            var place = StagePlace.of(name);
            if (place != null) {
                stages.computeIfAbsent(place.stage(), any -> new TreeMap<>()).put(place.place(), vertex);
                lasts.put(place.stage(), place.last());
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

    private String named(String stage, int place, String rest) {
        String last = String.valueOf(lasts.getOrDefault(stage, place));
        String aligned =
                " ".repeat(Math.max(0, last.length() - String.valueOf(place).length())) + place;
        return "[" + (stage.isEmpty() ? "" : stage + " ") + aligned + "/" + last + rest;
    }

    /** Stages that are there only in the place of another, and that other. */
    Map<String, String> stages() {
        Map<String, String> found = new HashMap<>();
        if (stages.size() > MOST_STAGES) {
            return found;
        }
        Set<String> ambiguous = new HashSet<>();
        stages.forEach((stage, places) -> {
            var missing = missing(stage, places);
            var others = missing.isEmpty() ? List.<String>of() : filling(stage, missing);
            if (others.size() == 1 && found.put(others.getFirst(), stage) != null) {
                ambiguous.add(others.getFirst());
            }
        });
        found.keySet().removeAll(ambiguous);
        return found;
    }

    /** Stages that lack a place before the last that is there. Each is made in its order. */
    Map<String, Set<Integer>> incomplete() {
        Map<String, Set<Integer>> incomplete = new HashMap<>();
        if (stages.size() <= MOST_STAGES) {
            stages.forEach((stage, places) -> {
                var missing = missing(stage, places);
                if (!missing.isEmpty()) {
                    incomplete.put(stage, missing);
                }
            });
        }
        return incomplete;
    }

    /** Whether a stage is there with all its places. */
    boolean isWhole(String stage) {
        var places = stages.get(stage);
        return places != null && places.size() >= lasts.getOrDefault(stage, 0);
    }

    private Set<Integer> missing(String stage, TreeMap<Integer, Integer> places) {
        var others = elsewhere.get(stage);
        int there = places.size() + (others == null ? 0 : others.size());
        if (places.lastKey() - there > MOST_MISSING) {
            return Set.of();
        }
        Set<Integer> missing = new HashSet<>();
        IntStream.range(1, places.lastKey())
                .filter(place -> !places.containsKey(place) && (others == null || !others.containsKey(place)))
                .forEach(missing::add);
        return missing;
    }

    private List<String> filling(String stage, Set<Integer> missing) {
        return stages.entrySet().stream()
                .filter(other -> !other.getKey().equals(stage)
                        && other.getValue().size() < lasts.getOrDefault(other.getKey(), 0)
                        && missing.equals(other.getValue().keySet()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
