package dev.cachewarden.progress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what targets share in a plain log, which shows it under the name of one of them: the places of a stage that a target has others of,
 * and the stages that it copies from. A step that is there twice under one target's name is another's, made first, and then found.
 */
final class SharedSteps {

    private static final String FROM = "--from=";

    /** What every build with a Dockerfile begins with, and what it sends if it copies something of it. */
    private static final List<String> LOADS = List.of(
            "[internal] load build definition", "[internal] load .dockerignore", "[internal] load build context");

    private final List<String> names;
    private final Map<String, Set<Integer>> members;
    private final Map<String, Map<Integer, List<Integer>>> stages = new HashMap<>();

    /**
     * Prepares.
     *
     * @param names without targets
     * @param members of each target by their places; are completed
     */
    SharedSteps(List<String> names, Map<String, Set<Integer>> members) {
        this.names = names;
        this.members = members;
        for (int i = 0; i < names.size(); i++) {
            var place = StagePlace.of(names.get(i));
            if (place != null) {
                stages.computeIfAbsent(place.stage(), any -> new HashMap<>())
                        .computeIfAbsent(place.place(), any -> new ArrayList<>())
                        .add(i);
            }
        }
    }

    void complete() {
        members.forEach((target, own) -> {
            Deque<Integer> open = new ArrayDeque<>(own);
            Set<String> seen = new HashSet<>();
            while (!open.isEmpty()) {
                String name = names.get(open.pop());
                var place = StagePlace.of(name);
                if (place != null) {
                    stage(place.stage(), own, seen, open);
                    stage(copiedFrom(name), own, seen, open);
                }
            }
            loads(own);
        });
        stages.values().forEach(this::twice);
    }

    /** What is there twice under one target's name, though no name of another's tells that it needs it: if only one has none, it is that one's. */
    private void twice(Map<Integer, List<Integer>> stage) {
        var without = members.values().stream()
                .filter(own -> stage.values().stream().flatMap(List::stream).noneMatch(own::contains))
                .toList();
        if (without.size() == 1) {
            stage.values().forEach(same -> {
                var twice = members.values().stream()
                        .filter(own -> own.containsAll(same))
                        .toList();
                if (same.size() > 1 && !twice.isEmpty()) {
                    twice.forEach(own -> own.remove(same.getFirst()));
                    without.getFirst().add(same.getFirst());
                }
            });
        }
    }

    /** The stage that an instruction copies from; empty where it has none, which no stage is called that others copy from. */
    private static String copiedFrom(String name) {
        int from = name.indexOf(FROM);
        int end = from < 0 ? -1 : name.indexOf(' ', from);
        return end < 0 ? "" : name.substring(from + FROM.length(), end);
    }

    private void stage(String stage, Set<Integer> own, Set<String> seen, Deque<Integer> open) {
        if (!seen.add(stage)) {
            return;
        }
        stages.getOrDefault(stage, Map.of()).values().forEach(same -> {
            if (same.stream().noneMatch(own::contains)) {
                int shared = same.getFirst();
                // The one who has it twice does with the other.
                members.values().stream()
                        .filter(other -> same.stream().filter(other::contains).count() > 1)
                        .forEach(other -> other.remove(shared));
                own.add(shared);
                open.push(shared);
            }
        });
    }

    private void loads(Set<Integer> own) {
        for (String load : LOADS) {
            boolean missing = own.stream().noneMatch(i -> names.get(i).startsWith(load));
            boolean needed = !load.endsWith("context") || own.stream().anyMatch(i -> sends(names.get(i)));
            if (missing && needed) {
                for (int i = 0; i < names.size(); i++) {
                    if (names.get(i).startsWith(load)) {
                        own.add(i);
                        break;
                    }
                }
            }
        }
    }

    private static boolean sends(String name) {
        return (name.contains("] COPY ") || name.contains("] ADD ")) && !name.contains(FROM) && !name.contains("<<");
    }
}
