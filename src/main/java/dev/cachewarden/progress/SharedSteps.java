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
 * The steps of each target in a plain log. BuildKit solves each target separately, but runs a vertex that several targets need only once. The
 * log shows such a vertex under one of these targets, and names it after the stage of the target that BuildKit loaded first.
 *
 * <p>So a target has each step that shows under its name, and everything that these steps depend on. Of the rest it gets only what cannot be
 * anything else. Otherwise the target counts as incomplete; it never gets a step on suspicion. RATIONALE.md explains each rule.
 */
final class SharedSteps {

    /** More stages than this are not searched. */
    private static final int MOST_STAGES = 200;

    /** A stage that seems to lack more places has rather lost part of its log. */
    private static final int MOST_MISSING = 20;

    private final List<Vertex> vertices;
    private final List<String> names;
    private final Map<String, Set<Integer>> members;

    /** The targets that each vertex shows under. */
    private final List<List<String>> shownUnder;

    /** Whether every step that began also succeeded. Otherwise steps may be absent from the log. */
    private final boolean whole;

    private final Map<Stage, Map<Integer, List<Integer>>> stages = new HashMap<>();
    private final SharedLoads loads;

    /** Instructions by the stages that they copy from, as they name them. */
    private final Map<String, List<Integer>> copying = new HashMap<>();

    /** The first instructions of stages that begin with another stage. */
    private final List<Integer> onStages = new ArrayList<>();

    /** The vertices that load a Dockerfile, by target. */
    private final Map<String, List<Integer>> definitions = new HashMap<>();

    /**
     * Prepares the search.
     *
     * @param names without targets, by vertex
     * @param members of each target the vertices that show under its name; {@link #complete} adds to them
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
     * Adds what each target surely has.
     *
     * @param doubles targets with the same result as another target
     * @return targets that may have more
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
     * Drops steps of other targets that show under this one because they make the same as a step of its own, which BuildKit then reports as
     * cached. Two stages of one target may have an instruction in common, too: then a step may be missing.
     *
     * @return whether none is missing
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

    /** An instruction depends on those before it in its stage. */
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

    /** Whether only one stage of this name and length was built: each of its places shows, and none shows twice. */
    private boolean isUnique(Stage stage) {
        var places = stages.getOrDefault(stage, Map.of());
        return whole
                && places.size() == stage.length()
                && places.values().stream().allMatch(same -> same.size() == 1);
    }

    /**
     * A place that a stage does not show goes by the name that another stage has for it. That stage has it at the same place if both begin
     * with an image; a stage that begins with another stage has it at an earlier one.
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

    /** Whether the stage of a target surely begins with an image: it shows one first, or is the only stage of its Dockerfile. */
    private boolean beginsWithImage(Stage stage, Set<Integer> own) {
        var first = at(stage, 1).stream().filter(own::contains).findAny();
        return first.map(this::isImage).orElse(stage.plainName().isEmpty() && onStages.isEmpty());
    }

    /** Vertices of a stage that may be as many instructions away from an image. */
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

    /** A stage that is copied from is built to its end. Different Dockerfiles may have stages of this name. */
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

    /** Whether a stage begins without an image: it may start from another stage, and nothing in the log names that one. */
    private boolean hasUnknownBase(Set<Integer> own) {
        return stages.values().stream()
                .flatMap(places -> places.getOrDefault(1, List.of()).stream())
                .anyMatch(first -> own.contains(first) && !isImage(first));
    }

    private boolean isImage(int vertex) {
        return text(vertex).startsWith("FROM ");
    }

    /**
     * Whether the end of a stage shows under this target alone, or the step that ended its build. The end of a stage that an instruction of
     * another target may take files from, or begin with, is not the last step of a target: that one may not show under its name.
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

    /** Whether an instruction that the target does not have may copy from a stage of it, or begin with that stage, which no name states. */
    private boolean isUsedByOthers(String target, Stage stage, Set<Integer> own) {
        String name = stage.plainName();
        String number = name.startsWith("stage-") ? name.substring("stage-".length()) : name;
        return !name.isEmpty()
                && Stream.of(copying.getOrDefault(name, List.of()), copying.getOrDefault(number, List.of()), onStages)
                        .flatMap(List::stream)
                        .anyMatch(vertex -> !own.contains(vertex) && mayBeOfOneDockerfile(target, vertex));
    }

    /** Whether a target may be built from the Dockerfile that an instruction of another one is in: not if each loads its own. */
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
