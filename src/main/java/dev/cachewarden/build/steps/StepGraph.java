package dev.cachewarden.build.steps;

import dev.cachewarden.progress.Vertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The dependencies between vertices, which are identified by their positions in the log. */
final class StepGraph {

    private final List<VertexName> names;
    private final List<Set<Integer>> inputs;

    private StepGraph(List<VertexName> names, List<Set<Integer>> inputs) {
        this.names = names;
        this.inputs = inputs;
    }

    /** Returns the dependencies in the log. If the log contains none for any vertex, they are derived from the names. */
    static StepGraph of(List<Vertex> vertices, List<VertexName> names) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < vertices.size(); i++) {
            places.putIfAbsent(vertices.get(i).id(), i);
        }
        List<Set<Integer>> inputs = new ArrayList<>(vertices.size());
        boolean reported = false;
        for (var vertex : vertices) {
            Set<Integer> of = new LinkedHashSet<>();
            for (String id : vertex.inputs()) {
                var place = places.get(id);
                if (place != null) {
                    of.add(place);
                }
            }
            reported |= !of.isEmpty();
            inputs.add(of);
        }
        var graph = new StepGraph(names, inputs);
        if (!reported) {
            var guess = graph.new Guess();
            for (int i = 0; i < names.size(); i++) {
                guess.add(i);
            }
        }
        return graph;
    }

    Set<Integer> inputs(int vertex) {
        return inputs.get(vertex);
    }

    private record Place(String platform, String stage, int place) {

        static Place of(VertexName name, int place) {
            return new Place(String.valueOf(name.platform()), name.stage() == null ? "" : name.stage(), place);
        }

        Place end() {
            return new Place(platform, stage, 0);
        }
    }

    /** Dependencies derived from names. They can be incomplete, but never wrong. */
    private final class Guess {

        private final Map<Place, Integer> places = new HashMap<>();
        private final Map<Place, Integer> ends = new HashMap<>();

        /** The stages that start with an image, by platform. */
        private final Map<String, Set<Place>> begins = new HashMap<>();

        private @Nullable Integer context;

        Guess() {
            for (int i = 0; i < names.size(); i++) {
                var name = names.get(i);
                if (name.place() > 0) {
                    var place = Place.of(name, name.place());
                    places.putIfAbsent(place, i);
                    ends.merge(place.end(), i, (one, other) -> further(one, other));
                    if (name.kind() == StepKind.FROM) {
                        begins.computeIfAbsent(place.platform(), any -> new HashSet<>())
                                .add(place.end());
                    }
                } else if (name.kind() == StepKind.TRANSFER && name.text().endsWith("build context")) {
                    context = i;
                }
            }
        }

        private int further(int one, int other) {
            return names.get(one).place() >= names.get(other).place() ? one : other;
        }

        void add(int vertex) {
            var name = names.get(vertex);
            if (name.place() == 0) {
                return;
            }
            var place = Place.of(name, name.place());
            if (name.place() > 1) {
                input(vertex, places.get(Place.of(name, name.place() - 1)));
            } else if (name.kind() != StepKind.FROM) {
                addBaseStage(vertex, place);
            }
            if (name.kind() == StepKind.COPY || name.kind() == StepKind.ADD) {
                copied(vertex, place, CopiedFiles.of(name.text()));
            }
        }

        /**
         * Adds the stage that a stage without its own image starts from. If only one stage starts with an image, it is the direct or
         * indirect base.
         */
        private void addBaseStage(int vertex, Place place) {
            var known = begins.getOrDefault(place.platform(), Set.of());
            if (known.size() == 1) {
                input(vertex, ends.get(known.iterator().next()));
            }
        }

        private void copied(int vertex, Place place, CopiedFiles files) {
            if (files.from() == null) {
                boolean inline = files.sources().stream().allMatch(source -> source.startsWith("<<"));
                input(vertex, inline ? null : context);
            } else {
                var named = new Place(place.platform(), files.from(), 0);
                var numbered = new Place(place.platform(), "stage-" + files.from(), 0);
                input(vertex, ends.getOrDefault(named, ends.get(numbered)));
            }
        }

        private void input(int vertex, @Nullable Integer input) {
            if (input != null && input != vertex) {
                inputs.get(vertex).add(input);
            }
        }
    }
}
