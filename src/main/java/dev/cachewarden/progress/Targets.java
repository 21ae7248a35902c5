package dev.cachewarden.progress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Separates the targets of one bake call, which prints them as one build. BuildKit runs a vertex once if several targets need it, and uses
 * the name of any of them. Here the vertex belongs to each of them. Names lose the target, as in the builder's own history.
 */
final class Targets {

    /** The maximum number of targets. Real builds have fewer. */
    private static final int MOST = 100;

    /** The maximum number of steps of all targets together, and of their characters. Each target has its own copy of shared steps. */
    private static final int MOST_STEPS = 20_000;

    private static final long MOST_TEXT = 64L << 20;
    private static final String SHARED =
            "Steps shared with other targets may be missing. Upload the log of --progress=rawjson to see all steps.";

    private static final String TOO_MANY = "The concurrent targets are too large to be separated.";

    private final List<Vertex> vertices;
    private final List<List<String>> names;
    private final List<Merged.LeftOut> merged;
    private final Set<String> targets = new LinkedHashSet<>();

    /** The targets in the names of each vertex, in order of appearance. */
    private final List<List<String>> named = new ArrayList<>();

    /** Targets that may lack steps. */
    private Set<String> incomplete = Set.of();

    private Targets(
            List<Vertex> vertices, List<List<String>> names, List<Merged.LeftOut> merged, @Nullable String failed) {
        this.vertices = vertices;
        this.names = names;
        this.merged = merged;
        var first = names.stream()
                .flatMap(List::stream)
                .map(TargetName::target)
                .filter(target -> !target.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        // With several targets, the client adds a target to each name of BuildKit, and to its error.
        if (first.contains(failed) || names.stream().flatMap(List::stream).anyMatch(TargetName::hasTarget)) {
            targets.addAll(first);
        }
        names.forEach(reported -> named.add(targetsOf(reported)));
    }

    private List<String> targetsOf(List<String> reported) {
        return reported.stream()
                .map(TargetName::first)
                .filter(targets::contains)
                .distinct()
                .toList();
    }

    /**
     * Returns one build for each target, in the order of their first names. Returns the build unchanged if no target is named. Compose
     * before 2.30 also names the target of a single build.
     *
     * @param names all names of each vertex in the log, in order of appearance
     * @param merged vertices that were replaced by others
     * @param last true if a log without a graph ends with this build
     */
    static List<BuildProgress> of(
            BuildProgress all, List<List<String>> names, List<Merged.LeftOut> merged, boolean last) {
        var targets = new Targets(all.vertices(), names, merged, TargetName.ofFailure(all.failure()));
        if (targets.targets.isEmpty()) {
            return List.of(alone(all));
        }
        if (targets.targets.size() > MOST) {
            return List.of(withGap(all));
        }
        boolean graph =
                all.vertices().stream().anyMatch(vertex -> !vertex.inputs().isEmpty());
        var members = graph ? targets.needed() : targets.printed();
        return targets.tooLarge(members) ? List.of(withGap(all)) : targets.builds(all, members, last);
    }

    /** Returns a build without other targets, and without the steps that ran only for concurrent builds. */
    static BuildProgress alone(BuildProgress all) {
        var own = withOwnNames(withoutRepeated(all.vertices()));
        return new BuildProgress(null, own, all.warnings(), all.failure(), all.gaps());
    }

    /**
     * Removes instructions that ran in another build at the same time. BuildKit reports each of them with the name of the build's own
     * instruction, which is then cached. A stage has only one instruction at each place.
     */
    private static List<Vertex> withoutRepeated(List<Vertex> vertices) {
        var cached = vertices.stream()
                .filter(vertex -> vertex.state() == VertexState.CACHED && StagePlace.of(vertex.name()) != null)
                .map(Vertex::name)
                .collect(Collectors.toSet());
        return vertices.stream()
                .filter(vertex -> vertex.state() == VertexState.CACHED || !cached.contains(vertex.name()))
                .toList();
    }

    /** Restores the build's own names of vertices that have the name of another stage. */
    private static List<Vertex> withOwnNames(List<Vertex> vertices) {
        Map<Integer, String> names = new HashMap<>();
        for (int i = 0; i < vertices.size(); i++) {
            names.put(i, vertices.get(i).name());
        }
        var renamed = new StandIns(names).ownNames();
        return renamed.isEmpty()
                ? vertices
                : IntStream.range(0, vertices.size())
                        .mapToObj(i -> vertices.get(i)
                                .named(renamed.getOrDefault(i, vertices.get(i).name())))
                        .toList();
    }

    private static BuildProgress withGap(BuildProgress all) {
        return new BuildProgress(null, all.vertices(), all.warnings(), all.failure(), with(all.gaps(), TOO_MANY));
    }

    private static List<String> with(List<String> some, String gap) {
        var gaps = new ArrayList<>(some);
        gaps.add(gap);
        return gaps;
    }

    private boolean tooLarge(Map<String, Set<Integer>> members) {
        long steps = 0;
        long text = 0;
        for (var each : members.values()) {
            steps += each.size();
            for (int i : each) {
                text += vertices.get(i).name().length() + vertices.get(i).log().length();
            }
        }
        return steps > MOST_STEPS || text > MOST_TEXT;
    }

    /** Returns the vertices of each target by the graph: those that the log reports under its name, and all their dependencies. */
    private Map<String, Set<Integer>> needed() {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < vertices.size(); i++) {
            places.putIfAbsent(vertices.get(i).id(), i);
        }
        Map<String, Set<Integer>> members = new HashMap<>();
        for (String target : targets) {
            var inputs = inputsOfMerged(target, places);
            Set<Integer> first = new TreeSet<>(inputs.keySet());
            Set<Integer> later = new TreeSet<>();
            for (int i = 0; i < vertices.size(); i++) {
                if (named.get(i).contains(target)) {
                    (named.get(i).getFirst().equals(target) ? first : later).add(i);
                }
            }
            var own = needed(first, inputs, places);
            later.removeAll(own);
            members.put(target, withShared(own, later, inputs, places));
        }
        return members;
    }

    /**
     * Adds vertices that the log reports under another target first. If an instruction of another target is equal to an own one, BuildKit
     * reports it in addition to the own one. Such instructions, and vertices that only they need, are left out.
     */
    private Set<Integer> withShared(
            Set<Integer> own, Set<Integer> later, Map<Integer, List<String>> inputs, Map<String, Integer> places) {
        Set<String> texts = new HashSet<>();
        own.forEach(vertex -> texts.add(text(vertex)));
        var instructions = later.stream().filter(this::isInstruction).toList();
        Set<Integer> shared = new TreeSet<>(own);
        instructions.stream().filter(vertex -> !texts.contains(text(vertex))).forEach(shared::add);
        shared = needed(shared, inputs, places);
        Set<Integer> repeated = new TreeSet<>(instructions);
        repeated.removeAll(shared);
        repeated = needed(repeated, Map.of(), places);
        for (int vertex : later) {
            if (!repeated.contains(vertex)) {
                shared.add(vertex);
            }
        }
        return shared;
    }

    private boolean isInstruction(int vertex) {
        return StagePlace.of(vertices.get(vertex).name()) != null;
    }

    private String text(int vertex) {
        String name = vertices.get(vertex).name();
        return name.substring(name.indexOf(']') + 1);
    }

    /**
     * Returns the inputs of vertices of other targets that ran in place of this target's own vertices. BuildKit then reports all
     * dependencies of such a vertex also under this target, although the target does not need them.
     */
    private Map<Integer, List<String>> inputsOfMerged(String target, Map<String, Integer> places) {
        Map<Integer, List<String>> inputs = new HashMap<>();
        for (var leftOut : merged) {
            var instead = places.get(leftOut.instead());
            if (instead != null
                    && targetsOf(leftOut.names()).contains(target)
                    && !named.get(instead).isEmpty()
                    && !named.get(instead).getFirst().equals(target)) {
                inputs.put(instead, leftOut.inputs());
            }
        }
        return inputs;
    }

    /** Returns the vertices with all their dependencies. The given inputs take precedence over the inputs of a vertex. */
    private Set<Integer> needed(Set<Integer> from, Map<Integer, List<String>> inputs, Map<String, Integer> places) {
        Set<Integer> needed = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            int vertex = open.pop();
            if (needed.add(vertex)) {
                inputs.getOrDefault(vertex, vertices.get(vertex).inputs()).stream()
                        .map(places::get)
                        .filter(Objects::nonNull)
                        .forEach(open::push);
            }
        }
        return needed;
    }

    /** Returns the vertices of each target in a log without a graph: those under its name, and those that it certainly shares. */
    private Map<String, Set<Integer>> printed() {
        Map<String, Set<Integer>> members = new HashMap<>();
        for (String target : targets) {
            members.put(target, new TreeSet<>());
        }
        boolean unnamed = false;
        for (int i = 0; i < vertices.size(); i++) {
            unnamed |= named.get(i).isEmpty() && isInstruction(i);
            for (String target : targets) {
                if (named.get(i).contains(target)) {
                    members.getOrDefault(target, Set.of()).add(i);
                }
            }
        }
        var plain = vertices.stream().map(Vertex::name).map(this::plain).toList();
        incomplete = new SharedSteps(vertices, plain, named, members).complete(withSameImage());
        if (unnamed) {
            incomplete = targets;
        }
        return members;
    }

    /** Returns targets with the same image as another target. Each of their steps may appear under the other one. */
    private Set<String> withSameImage() {
        Map<String, Set<String>> byImage = new HashMap<>();
        for (int i = 0; i < vertices.size(); i++) {
            for (String target : named.get(i)) {
                vertices.get(i).statuses().stream()
                        .map(Vertex.Status::id)
                        .filter(id -> id.startsWith("writing image ") || id.startsWith("exporting config "))
                        .forEach(id -> byImage.computeIfAbsent(id, any -> new HashSet<>())
                                .add(target));
            }
        }
        return byImage.values().stream()
                .filter(same -> same.size() > 1)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }

    private String plain(String name) {
        return targets.contains(TargetName.first(name)) ? TargetName.without(name) : name;
    }

    /** Returns the name of a vertex in the build of a target. */
    private String own(int vertex, String target) {
        var reported = names.get(vertex);
        return reported.stream()
                .filter(name -> TargetName.first(name).equals(target))
                .findFirst()
                .map(TargetName::without)
                .orElseGet(() -> plain(reported.getFirst()));
    }

    private List<BuildProgress> builds(BuildProgress all, Map<String, Set<Integer>> members, boolean last) {
        List<BuildProgress> builds = new ArrayList<>();
        var ends = new TargetEnds(
                all, vertices.stream().map(Vertex::name).map(this::plain).toList(), last);
        var failures = new TargetFailures(all);
        for (String target : targets) {
            var shown = members.getOrDefault(target, Set.of()).stream()
                    .map(i -> vertices.get(i).named(own(i, target)))
                    .toList();
            // If steps may be missing, it is unknown which step has the name of another.
            var own = incomplete.contains(target) ? shown : withOwnNames(shown);
            Set<String> ids = new HashSet<>();
            own.forEach(vertex -> ids.add(vertex.id()));
            builds.add(new BuildProgress(
                    target,
                    own,
                    all.warnings().stream()
                            .filter(warning -> warning.vertex() == null || ids.contains(warning.vertex()))
                            .toList(),
                    failures.of(target, own),
                    incomplete.contains(target) ? with(ends.gaps(own), SHARED) : ends.gaps(own)));
        }
        return builds;
    }
}
