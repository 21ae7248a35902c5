package dev.cachewarden.progress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds what targets share in a plain log, which shows it under the name of one of them: the places of a stage that a target has others of,
 * the stages that it copies from, and the stage that another stands on. A step that is there twice under one target's name is another's, made first, and then found.
 */
final class SharedSteps {

    private static final String FROM = "--from=";

    /** With more nobody asks what stands on what. */
    private static final int MOST_STAGES = 100;

    /** What every build with a Dockerfile begins with, and what it sends if it copies something of it. */
    private static final List<String> LOADS = List.of(
            "[internal] load build definition", "[internal] load .dockerignore", "[internal] load build context");

    private final List<String> names;
    private final Map<String, Set<Integer>> members;
    private final Map<String, Map<Integer, List<Integer>>> stages = new HashMap<>();

    /** The stages that each copies from. */
    private final Map<String, Set<String>> copies = new HashMap<>();

    /** Stages from which anything is copied. */
    private final Set<String> copied = new HashSet<>();

    /** Stages from which nothing is copied, and on which none stands that begins with a RUN. */
    private final Set<String> last = new HashSet<>();

    /** Of each stage all that it needs by copying. */
    private final Map<String, Set<String>> needed = new HashMap<>();

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
                copies.computeIfAbsent(place.stage(), any -> new HashSet<>()).add(copiedFrom(names.get(i)));
            }
        }
        if (stages.size() <= MOST_STAGES) {
            copies.values().forEach(copied::addAll);
            stages.keySet().forEach(stage -> needed.put(stage, needed(stage)));
            stages.keySet().stream().filter(this::isLast).forEach(last::add);
        }
    }

    /** Returns targets of which it cannot be told whether they share more. */
    Set<String> complete() {
        Set<String> uncertain = new HashSet<>();
        members.forEach((target, own) -> {
            if (!completed(own)) {
                uncertain.add(target);
            }
        });
        stages.values().forEach(this::twice);
        members.forEach((target, own) -> {
            if (!basedOn(own)) {
                uncertain.add(target);
            }
            loads(own);
        });
        return uncertain;
    }

    private boolean completed(Set<Integer> own) {
        var seen = again(own);
        boolean known = fill(own, seen);
        needs(own, seen);
        return fill(own, seen) && known;
    }

    private boolean basedOn(Set<Integer> own) {
        var base = bases(own);
        while (base.size() == 1) {
            stages.getOrDefault(base.getFirst(), Map.of()).values().forEach(same -> own.add(same.getFirst()));
            base = bases(own);
        }
        return base.isEmpty();
    }

    /** Stages of which all that is named after the target is what it has itself as well: that is taken out, and of the others nothing is needed. */
    private Set<String> again(Set<Integer> own) {
        Map<String, List<Integer>> byStage = new HashMap<>();
        Map<String, Set<String>> stagesByText = new HashMap<>();
        own.forEach(vertex -> {
            var place = StagePlace.of(names.get(vertex));
            if (place != null) {
                byStage.computeIfAbsent(place.stage(), any -> new ArrayList<>()).add(vertex);
                stagesByText
                        .computeIfAbsent(text(vertex), any -> new HashSet<>())
                        .add(place.stage());
            }
        });
        Set<String> again = new HashSet<>();
        byStage.forEach((stage, vertices) -> {
            boolean all =
                    vertices.size() == stages.getOrDefault(stage, Map.of()).size();
            boolean same = vertices.stream()
                    .allMatch(vertex ->
                            stagesByText.getOrDefault(text(vertex), Set.of()).size() > 1);
            if (!all && same && !copied.contains(stage)) {
                again.add(stage);
                vertices.forEach(own::remove);
            }
        });
        return again;
    }

    private String text(int vertex) {
        return names.get(vertex).substring(names.get(vertex).indexOf(']') + 1);
    }

    /**
     * Adds what stands in for what stages of a target lack: it can only be of a stage on which nothing stands. Of that no more is needed.
     *
     * @return whether it can be told
     */
    private boolean fill(Set<Integer> own, Set<String> seen) {
        Map<Integer, String> named = new HashMap<>();
        own.forEach(vertex -> named.put(vertex, names.get(vertex)));
        var has = new StandIns(named, stages);
        boolean known = true;
        for (var lacking : has.incomplete().entrySet()) {
            var others = last.stream()
                    .filter(other -> !other.equals(lacking.getKey()) && !has.isWhole(other))
                    .filter(other ->
                            stages.getOrDefault(other, Map.of()).keySet().containsAll(lacking.getValue()))
                    .toList();
            if (others.size() == 1) {
                var other = stages.getOrDefault(others.getFirst(), Map.of());
                lacking.getValue()
                        .forEach(place ->
                                own.add(other.getOrDefault(place, List.of()).getFirst()));
                seen.add(others.getFirst());
            }
            known &= others.size() == 1;
        }
        return known;
    }

    /** Whether nothing is copied from a stage, and none begins with a RUN that may stand on it. */
    private boolean isLast(String stage) {
        return !copied.contains(stage)
                && stages.keySet().stream().noneMatch(other -> beginsWithRun(other) && maySupport(stage, other));
    }

    private boolean beginsWithRun(String stage) {
        var first = stages.getOrDefault(stage, Map.of()).get(1);
        return first != null && names.get(first.getFirst()).contains("] RUN ");
    }

    private void needs(Set<Integer> own, Set<String> seen) {
        Deque<Integer> open = new ArrayDeque<>(own);
        while (!open.isEmpty()) {
            String name = names.get(open.pop());
            var place = StagePlace.of(name);
            if (place != null) {
                stage(place.stage(), own, seen, open);
                stage(copiedFrom(name), own, seen, open);
            }
        }
    }

    /**
     * What a stage may stand on that begins with a RUN, which needs another stage below it, if the target has none that it may be: those
     * from which nothing is copied and that do not copy from it. What a stage stands on no name tells.
     */
    private List<String> bases(Set<Integer> own) {
        if (stages.size() > MOST_STAGES) {
            return List.of();
        }
        var has = own.stream()
                .map(names::get)
                .map(StagePlace::of)
                .filter(Objects::nonNull)
                .map(StagePlace::stage)
                .collect(Collectors.toSet());
        for (String stage : has) {
            if (beginsWithRun(stage) && has.stream().noneMatch(other -> maySupport(other, stage))) {
                var others = stages.keySet().stream()
                        .filter(other -> !has.contains(other) && maySupport(other, stage))
                        .toList();
                if (!others.isEmpty()) {
                    return others;
                }
            }
        }
        return List.of();
    }

    private boolean maySupport(String base, String stage) {
        return !base.equals(stage)
                && !copied.contains(base)
                && !needed.getOrDefault(base, Set.of()).contains(stage);
    }

    /** All that a stage copies from, and what that copies from. */
    private Set<String> needed(String stage) {
        Set<String> all = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(copies.getOrDefault(stage, Set.of()));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (all.add(next)) {
                open.addAll(copies.getOrDefault(next, Set.of()));
            }
        }
        return all;
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
