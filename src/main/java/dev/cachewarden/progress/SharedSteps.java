package dev.cachewarden.progress;

import dev.cachewarden.progress.StagePlace.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Assigns steps in a plain log to targets. BuildKit solves each target separately, but runs a vertex only once if several targets need it.
 * The log shows such a vertex under one of these targets, with the stage name of the target that BuildKit loaded first.
 *
 * <p>So a target has each step that appears under its name, and all dependencies of these steps. It gets other steps only if there is no
 * other explanation. Otherwise the target counts as incomplete; it never gets a step on suspicion. RATIONALE.md explains each rule.
 */
final class SharedSteps {

    /** The maximum number of stages that are searched. */
    private static final int MOST_STAGES = 200;

    /** The maximum number of missing places of a stage. With more, a part of the log is probably missing. */
    private static final int MOST_MISSING = 20;

    private final List<Vertex> vertices;
    private final List<String> names;
    private final Map<String, Set<Integer>> members;

    /** The targets under which each vertex appears. */
    private final List<List<String>> shownUnder;

    /** True if every step that started also succeeded. Otherwise steps may be absent from the log. */
    private final boolean whole;

    private final Map<Stage, Map<Integer, List<Integer>>> stages = new HashMap<>();
    private final SharedLoads loads;

    /** Instructions by the names of the stages that they copy from. */
    private final Map<String, List<Integer>> copying = new HashMap<>();

    /** The first instructions of stages that are based on another stage. */
    private final List<Integer> onStages = new ArrayList<>();

    /** The vertices that load a Dockerfile, by target. */
    private final Map<String, List<Integer>> definitions = new HashMap<>();

    /**
     * Prepares the search.
     *
     * @param names names of the vertices without their targets
     * @param members vertices of each target that appear under its name; {@link #complete} adds to them
     */
    SharedSteps(
            List<Vertex> vertices,
            List<String> names,
            List<List<String>> shownUnder,
            Map<String, Set<Integer>> members) {
        this.vertices = vertices;
        this.names = names;
        this.members = members;
        this.shownUnder = shownUnder;
        this.whole = vertices.stream()
                .allMatch(vertex -> vertex.state() == VertexState.DONE || vertex.state() == VertexState.CACHED);
        this.loads = new SharedLoads(names, whole);
        for (int i = 0; i < names.size(); i++) {
            var place = StagePlace.of(names.get(i));
            if (place != null) {
                add(i, place);
            }
        }
        members.forEach((target, own) -> definitions.put(target, loads.definitions(own)));
    }

    private void add(int vertex, StagePlace place) {
        stages.computeIfAbsent(place.key(), any -> new TreeMap<>())
                .computeIfAbsent(place.place(), any -> new ArrayList<>())
                .add(vertex);
        for (String source : CopySources.of(names.get(vertex))) {
            copying.computeIfAbsent(source, any -> new ArrayList<>()).add(vertex);
        }
        if (place.place() == 1 && !isImage(vertex)) {
            onStages.add(vertex);
        }
    }

    /**
     * Adds the steps that each target certainly has.
     *
     * @param doubles targets with the same result as another target
     * @return targets that may have more steps
     */
    Set<String> complete(Set<String> doubles) {
        Set<String> incomplete = new HashSet<>();
        if (stages.size() > MOST_STAGES) {
            incomplete.addAll(members.keySet());
            return incomplete;
        }
        members.forEach((target, own) -> {
            boolean single = dropRepeated(own);
            int before;
            boolean certain;
            do {
                before = own.size();
                certain = addPlacesBefore(own) && single;
                certain &= addCopiedStages(own);
            } while (own.size() > before);
            certain &= !hasUnknownBase(own) && !doubles.contains(target) && showsItsLast(target, own);
            boolean loaded = loads.add(own);
            if (!loaded || (!certain && lacksInstructions(own))) {
                incomplete.add(target);
            }
        });
        return incomplete;
    }

    /**
     * Removes steps of other targets that appear under this one because they are equal to its own steps. BuildKit reports the own steps as
     * cached in this case. Two stages of one target may also share an instruction; then a step may be missing.
     *
     * @return false if a step may be missing
     */
    private boolean dropRepeated(Set<Integer> own) {
        Map<String, List<StagePlace>> cached = new HashMap<>();
        own.forEach(vertex -> {
            var place = StagePlace.of(names.get(vertex));
            if (place != null && vertices.get(vertex).state() == VertexState.CACHED && !isImage(vertex)) {
                cached.computeIfAbsent(text(vertex), any -> new ArrayList<>()).add(place);
            }
        });
        boolean certain = true;
        for (int vertex : List.copyOf(own)) {
            var place = StagePlace.of(names.get(vertex));
            if (place == null || vertices.get(vertex).state() == VertexState.CACHED) {
                continue;
            }
            var same = cached.getOrDefault(text(vertex), List.of());
            if (same.contains(place)) {
                own.remove(vertex);
            } else if (same.stream().anyMatch(other -> !other.key().equals(place.key()))) {
                own.remove(vertex);
                certain = false;
            }
        }
        return certain;
    }

    /** Adds the earlier instructions of each stage, because an instruction depends on them. */
    private boolean addPlacesBefore(Set<Integer> own) {
        boolean certain = true;
        for (var stage : stages.entrySet()) {
            int last = stage.getValue().entrySet().stream()
                    .filter(place -> place.getValue().stream().anyMatch(own::contains))
                    .mapToInt(Map.Entry::getKey)
                    .max()
                    .orElse(0);
            int missing = 0;
            for (int place = 1; place < last && missing <= MOST_MISSING; place++) {
                if (at(stage.getKey(), place).stream().noneMatch(own::contains)
                        && !addIfUnique(own, stage.getKey(), place)) {
                    missing++;
                    certain &= addStandIn(own, stage.getKey(), place);
                }
            }
            certain &= missing <= MOST_MISSING;
        }
        return certain;
    }

    private boolean addIfUnique(Set<Integer> own, Stage stage, int place) {
        if (!isUnique(stage)) {
            return false;
        }
        own.addAll(at(stage, place));
        return true;
    }

    /** Returns true if only one stage of this name and length was built: each of its places appears exactly once. */
    private boolean isUnique(Stage stage) {
        var places = stages.getOrDefault(stage, Map.of());
        return whole
                && places.size() == stage.length()
                && places.values().stream().allMatch(same -> same.size() == 1);
    }

    /**
     * Finds a missing place of a stage under the name of another stage. If both stages begin with an image, it has the same place in both.
     * If the other stage begins with another stage, it has an earlier place there.
     */
    private boolean addStandIn(Set<Integer> own, Stage stage, int place) {
        boolean image = beginsWithImage(stage, own);
        var others = stages.keySet().stream()
                .flatMap(other -> image ? atDepth(other, place) : all(other))
                .toList();
        if (whole && image && others.size() == 1) {
            own.addAll(others);
        }
        return !others.isEmpty() && own.containsAll(others);
    }

    /**
     * Returns true if the stage of a target certainly begins with an image: an image is first, or it is the only stage of its Dockerfile.
     */
    private boolean beginsWithImage(Stage stage, Set<Integer> own) {
        var first = at(stage, 1).stream().filter(own::contains).findAny();
        return first.map(this::isImage).orElse(stage.plainName().isEmpty() && onStages.isEmpty());
    }

    /** Returns the vertices of a stage that may have the same distance from an image. */
    private Stream<Integer> atDepth(Stage stage, int place) {
        var first = at(stage, 1);
        boolean images = stage.plainName().isEmpty()
                ? onStages.isEmpty()
                : first.stream().allMatch(this::isImage)
                        && stages.getOrDefault(stage, Map.of()).values().stream()
                                .allMatch(same -> same.size() <= first.size());
        return stages.getOrDefault(stage, Map.of()).entrySet().stream()
                .filter(at -> images || place == 1 ? at.getKey() == place : at.getKey() <= place)
                .flatMap(at -> at.getValue().stream())
                .filter(vertex -> (place == 1) == isImage(vertex));
    }

    private Stream<Integer> all(Stage stage) {
        return stages.getOrDefault(stage, Map.of()).values().stream().flatMap(List::stream);
    }

    private List<Integer> at(Stage stage, int place) {
        return stages.getOrDefault(stage, Map.of()).getOrDefault(place, List.of());
    }

    private boolean addCopiedStages(Set<Integer> own) {
        boolean certain = true;
        for (int vertex : List.copyOf(own)) {
            if (StagePlace.of(names.get(vertex)) != null) {
                for (String source : CopySources.of(names.get(vertex))) {
                    certain &= loads.addImage(own, source) || addStage(own, source);
                }
            }
        }
        return certain;
    }

    /**
     * Adds a stage that an instruction copies from, because it is built to its end. Different Dockerfiles may have stages of this name.
     */
    private boolean addStage(Set<Integer> own, String source) {
        boolean number = source.chars().allMatch(c -> c >= '0' && c <= '9');
        String name = number ? "stage-" + source : source;
        var all = stages.keySet().stream()
                .filter(stage -> stage.plainName().equals(name))
                .toList();
        var shown =
                all.stream().filter(stage -> all(stage).anyMatch(own::contains)).toList();
        var named = shown.isEmpty() && !number && loads.haveOneDockerfile() ? all : shown;
        if (named.size() != 1) {
            return false;
        }
        var stage = named.getFirst();
        boolean certain = true;
        for (int place = 1; place <= stage.length(); place++) {
            var same = at(stage, place);
            certain &= same.stream().anyMatch(own::contains) || (!same.isEmpty() && addIfUnique(own, stage, place));
        }
        return certain;
    }

    /** Returns true if a stage does not begin with an image. It may be based on another stage, which the log does not name. */
    private boolean hasUnknownBase(Set<Integer> own) {
        return stages.values().stream()
                .flatMap(places -> places.getOrDefault(1, List.of()).stream())
                .anyMatch(first -> own.contains(first) && !isImage(first));
    }

    private boolean isImage(int vertex) {
        return text(vertex).startsWith("FROM ");
    }

    /**
     * Returns true if the last step of the target's build certainly appears under its name: the end of a stage appears only under this
     * target. If another target may copy from the stage or be based on it, its end may not be the last step. The last step may then appear
     * under another target.
     */
    private boolean showsItsLast(String target, Set<Integer> own) {
        var alone = List.of(target);
        return stages.keySet().stream()
                .anyMatch(stage -> at(stage, stage.length()).stream().anyMatch(own::contains)
                        && all(stage)
                                .filter(vertex -> own.contains(vertex)
                                        && shownUnder.get(vertex).contains(target))
                                .allMatch(vertex -> shownUnder.get(vertex).equals(alone))
                        && !isUsedByOthers(target, stage, own));
    }

    /** Returns true if an instruction outside the target may copy from a stage of it, or be based on that stage, which no name shows. */
    private boolean isUsedByOthers(String target, Stage stage, Set<Integer> own) {
        String name = stage.plainName();
        String number = name.startsWith("stage-") ? name.substring("stage-".length()) : name;
        return !name.isEmpty()
                && Stream.of(copying.getOrDefault(name, List.of()), copying.getOrDefault(number, List.of()), onStages)
                        .flatMap(List::stream)
                        .anyMatch(vertex -> !own.contains(vertex) && mayBeOfOneDockerfile(target, vertex));
    }

    /**
     * Returns true if a target may use the same Dockerfile as an instruction of another target. Returns false if each of them loads its
     * own.
     */
    private boolean mayBeOfOneDockerfile(String target, int vertex) {
        var mine = definitions.getOrDefault(target, List.of());
        return shownUnder.get(vertex).stream()
                .map(other -> definitions.getOrDefault(other, List.of()))
                .anyMatch(theirs -> mine.isEmpty() || theirs.isEmpty() || !Collections.disjoint(mine, theirs));
    }

    private boolean lacksInstructions(Set<Integer> own) {
        Predicate<Integer> instruction = vertex -> StagePlace.of(names.get(vertex)) != null;
        return IntStream.range(0, names.size()).boxed().anyMatch(instruction.and(vertex -> !own.contains(vertex)));
    }

    private String text(int vertex) {
        String name = names.get(vertex);
        return name.substring(name.indexOf(']') + 1).strip();
    }
}
