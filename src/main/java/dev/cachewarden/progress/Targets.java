package dev.cachewarden.progress;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Tells the targets of one call of bake apart, which print as one build. BuildKit makes a vertex once that several of them need, and it is
 * named after any of them; here it belongs to each. Names lose the target, as the builder's own history has them.
 */
final class Targets {

    /** Nobody builds more at once. */
    private static final int MOST = 100;

    /** More steps of all targets together, and characters of them, are not kept: each target has those again that are shared. */
    private static final int MOST_STEPS = 20_000;

    private static final long MOST_TEXT = 64L << 20;
    private static final String SHARED =
            "Steps that targets share show under one of them, and it cannot be told whether this one shares more; --progress=rawjson tells.";

    private static final String TOO_MANY = "The targets that were built at once are too large to be told apart.";

    private final List<Vertex> vertices;
    private final List<List<String>> names;
    private final Set<String> targets = new LinkedHashSet<>();

    /** The targets that each vertex was named after, the first first. */
    private final List<List<String>> named = new ArrayList<>();

    /** Targets of which steps may be missing. */
    private Set<String> uncertain = Set.of();

    private Targets(List<Vertex> vertices, List<List<String>> names) {
        this.vertices = vertices;
        this.names = names;
        // What reads how to build may show under one of the names alone, if all targets share it.
        boolean anyNamed = names.stream()
                .flatMap(List::stream)
                .map(TargetName::ofLoad)
                .anyMatch(target -> target != null && !target.isEmpty());
        if (anyNamed) {
            names.stream()
                    .flatMap(List::stream)
                    .map(TargetName::around)
                    .filter(target -> !target.isEmpty())
                    .forEach(targets::add);
        }
        names.forEach(told -> named.add(told.stream()
                .map(TargetName::first)
                .filter(targets::contains)
                .distinct()
                .toList()));
    }

    /**
     * One build for each target, in the order in which they were first named; the build as it is where no target is named. Compose before
     * 2.30 names the target of one alone, too.
     *
     * @param names all that each vertex was told under, the first first
     */
    static List<BuildProgress> of(BuildProgress all, List<List<String>> names) {
        var targets = new Targets(all.vertices(), names);
        if (targets.targets.isEmpty()) {
            return List.of(
                    new BuildProgress(null, withOwnNames(all.vertices()), all.warnings(), all.failure(), all.gaps()));
        }
        if (targets.targets.size() > MOST) {
            return List.of(withGap(all));
        }
        boolean graph =
                all.vertices().stream().anyMatch(vertex -> !vertex.inputs().isEmpty());
        var members = graph ? targets.needed() : targets.printed();
        return targets.tooLarge(members) ? List.of(withGap(all)) : targets.builds(all, members);
    }

    /** With the names that a build has for what goes by another's. */
    static List<Vertex> withOwnNames(List<Vertex> vertices) {
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
        return new BuildProgress(null, all.vertices(), all.warnings(), all.failure(), withGap(all, TOO_MANY));
    }

    private static List<String> withGap(BuildProgress all, String gap) {
        var gaps = new ArrayList<>(all.gaps());
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

    /** From a log that tells what depends on what: what a target named first, and all that this needs. What it was only merged with is left out. */
    private Map<String, Set<Integer>> needed() {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < vertices.size(); i++) {
            places.putIfAbsent(vertices.get(i).id(), i);
        }
        Map<String, Set<Integer>> members = new HashMap<>();
        for (String target : targets) {
            Set<Integer> needed = new TreeSet<>();
            Deque<Integer> open = new ArrayDeque<>(IntStream.range(0, vertices.size())
                    .filter(vertex -> isOwn(vertex, target))
                    .boxed()
                    .toList());
            while (!open.isEmpty()) {
                int vertex = open.pop();
                if (needed.add(vertex)) {
                    vertices.get(vertex).inputs().stream()
                            .map(places::get)
                            .filter(place -> place != null)
                            .forEach(open::push);
                }
            }
            members.put(target, needed);
        }
        return members;
    }

    private boolean isOwn(int vertex, String target) {
        if (TargetName.isOfBake(names.get(vertex).getFirst())) {
            return false;
        }
        var own = named.get(vertex);
        if (own.isEmpty() || own.getFirst().equals(target)) {
            return true;
        }
        return own.contains(target) && StagePlace.of(own(vertex, target)) == null;
    }

    /** From a log that tells only names: what a target is named in, and of what is named after others that which it must have had. */
    private Map<String, Set<Integer>> printed() {
        Map<String, Set<Integer>> members = new HashMap<>();
        for (String target : targets) {
            members.put(target, new TreeSet<>());
        }
        for (int i = 0; i < vertices.size(); i++) {
            var all = TargetName.isOfBake(names.get(i).getFirst()) ? Set.<String>of() : targets;
            for (String target : named.get(i).isEmpty() ? all : named.get(i)) {
                members.computeIfAbsent(target, any -> new TreeSet<>()).add(i);
            }
        }
        uncertain = new SharedSteps(
                        vertices.stream().map(Vertex::name).map(this::plain).toList(), members)
                .complete();
        return members;
    }

    private String plain(String name) {
        return targets.contains(TargetName.first(name)) ? TargetName.without(name) : name;
    }

    /** What a vertex is called in the build of a target. */
    private String own(int vertex, String target) {
        var told = names.get(vertex);
        return told.stream()
                .filter(name -> TargetName.first(name).equals(target))
                .findFirst()
                .map(TargetName::without)
                .orElseGet(() -> plain(told.getFirst()));
    }

    private List<BuildProgress> builds(BuildProgress all, Map<String, Set<Integer>> members) {
        List<BuildProgress> builds = new ArrayList<>();
        var failures = new TargetFailures(all);
        for (String target : targets) {
            var own = withOwnNames(members.getOrDefault(target, Set.of()).stream()
                    .map(i -> vertices.get(i).named(own(i, target)))
                    .toList());
            Set<String> ids = new HashSet<>();
            own.forEach(vertex -> ids.add(vertex.id()));
            builds.add(new BuildProgress(
                    target,
                    own,
                    all.warnings().stream()
                            .filter(warning -> warning.vertex() == null || ids.contains(warning.vertex()))
                            .toList(),
                    failures.of(target, own),
                    uncertain.contains(target) ? withGap(all, SHARED) : all.gaps()));
        }
        return builds;
    }
}
