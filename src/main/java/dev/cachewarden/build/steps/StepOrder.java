package dev.cachewarden.build.steps;

import dev.cachewarden.progress.Vertex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The reading order of the vertices of a build. No vertex comes before its dependencies. Otherwise vertices that started earlier come
 * first, and vertices that started together are in the order of their stages. The times are not sufficient: BuildKit finds all cached
 * results at the same moment, and reports vertices in no particular order.
 */
final class StepOrder {

    /** The length of an interval in milliseconds. Vertices that started in the same interval count as started together. */
    private static final long TOGETHER_MILLIS = 10;

    private final List<Vertex> vertices;
    private final List<VertexName> names;
    private final StepGraph graph;
    private final List<Integer> places;

    private StepOrder(List<Vertex> vertices, List<VertexName> names, StepGraph graph) {
        this.vertices = vertices;
        this.names = names;
        this.graph = graph;
        this.places = IntStream.range(0, vertices.size()).boxed().toList();
    }

    /** Returns the positions in the log, in reading order. */
    static List<Integer> of(List<Vertex> vertices, List<VertexName> names, StepGraph graph) {
        return new StepOrder(vertices, names, graph).order();
    }

    private List<Integer> order() {
        var ranks = stageRanks();
        var began = began();
        return Ordered.of(
                places,
                graph::inputs,
                Comparator.<Integer>comparingLong(vertex -> began[vertex])
                        .thenComparingInt(vertex -> phase(names.get(vertex)))
                        .thenComparingInt(vertex -> ranks.getOrDefault(Stage.of(names.get(vertex)), 0))
                        .thenComparingInt(vertex -> names.get(vertex).place())
                        .thenComparingInt(vertex -> vertex));
    }

    /** Returns the start times. A vertex that never started gets the time of the first vertex that needs it, or comes last. */
    private long[] began() {
        long[] began = new long[vertices.size()];
        boolean times = false;
        for (int i = 0; i < began.length; i++) {
            var runs = vertices.get(i).runs();
            times |= !runs.isEmpty();
            began[i] = runs.isEmpty() ? Long.MAX_VALUE : bucket(runs.getFirst().started());
        }
        if (!times) {
            Arrays.fill(began, 0);
            return began;
        }
        for (int vertex :
                Ordered.of(places, graph::inputs, Comparator.naturalOrder()).reversed()) {
            for (int input : graph.inputs(vertex)) {
                if (vertices.get(input).runs().isEmpty()) {
                    began[input] = Math.min(began[input], began[vertex]);
                }
            }
        }
        return began;
    }

    private static long bucket(Instant started) {
        return Math.floorDiv(started.getEpochSecond() * 1_000 + started.getNano() / 1_000_000, TOGETHER_MILLIS);
    }

    private static int phase(VertexName name) {
        return switch (name.kind()) {
            case METADATA, CACHE_IMPORT, INTERNAL -> 0;
            case TRANSFER -> 1;
            case FROM -> 2;
            case RUN, COPY, ADD, WORKDIR, OTHER_INSTRUCTION -> 3;
            case EXPORT -> 4;
            case CACHE_EXPORT -> 5;
        };
    }

    private record Stage(String platform, int number, String name) {

        private static final Comparator<Stage> BY_NUMBER = Comparator.comparingInt(Stage::number)
                .thenComparing(Stage::name)
                .thenComparing(Stage::platform);

        static Stage of(VertexName name) {
            return new Stage(String.valueOf(name.platform()), name.stageNumber(), String.valueOf(name.stage()));
        }
    }

    /**
     * Returns the ranks of stages. A stage comes after the stages that it needs. Otherwise the number and name decide, so that all builds
     * of a Dockerfile have the same order.
     */
    private Map<Stage, Integer> stageRanks() {
        Map<Stage, Set<Stage>> needs = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            var stage = Stage.of(names.get(i));
            var needed = needs.computeIfAbsent(stage, any -> new HashSet<>());
            for (int input : graph.inputs(i)) {
                needed.add(Stage.of(names.get(input)));
            }
            needed.remove(stage);
        }
        var ordered = Ordered.of(
                new ArrayList<>(needs.keySet()), stage -> needs.getOrDefault(stage, Set.of()), Stage.BY_NUMBER);
        Map<Stage, Integer> ranks = new HashMap<>();
        for (int i = 0; i < ordered.size(); i++) {
            ranks.put(ordered.get(i), i);
        }
        return ranks;
    }
}
