package dev.cachewarden.build.step;

import dev.cachewarden.progress.Vertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which vertex depends on which, by their places in the log. */
final class StepGraph {

    private final List<VertexName> names;
    private final List<Set<Integer>> inputs;

    private StepGraph(List<VertexName> names, List<Set<Integer>> inputs) {
        this.names = names;
        this.inputs = inputs;
    }

    /** As the log tells; where it tells of no vertex at all, as far as names give it away. */
    static StepGraph of(List<Vertex> vertices, List<VertexName> names) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < vertices.size(); i++) {
            places.putIfAbsent(vertices.get(i).id(), i);
        }
        List<Set<Integer>> inputs = new ArrayList<>(vertices.size());
        boolean told = false;
        for (var vertex : vertices) {
            Set<Integer> of = new LinkedHashSet<>();
            for (String id : vertex.inputs()) {
                var place = places.get(id);
                if (place != null) {
                    of.add(place);
                }
            }
            told |= !of.isEmpty();
            inputs.add(of);
        }
        var graph = new StepGraph(names, inputs);
        if (!told) {
            graph.guess();
        }
        return graph;
    }

    Set<Integer> inputs(int vertex) {
        return inputs.get(vertex);
    }

    private record Place(String platform, String stage, int place) {}

    private void guess() {
        Map<Place, Integer> places = new HashMap<>();
        Map<Place, Integer> last = new HashMap<>();
        Integer context = null;
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            if (name.place() > 0) {
                places.putIfAbsent(place(name, name.place()), i);
                last.merge(
                        place(name, 0),
                        i,
                        (one, other) ->
                                names.get(one).place() >= names.get(other).place() ? one : other);
            } else if (name.kind() == StepKind.TRANSFER && name.text().endsWith("build context")) {
                context = i;
            }
        }
        for (int i = 0; i < names.size(); i++) {
            guess(i, places, last, context);
        }
    }

    private void guess(int vertex, Map<Place, Integer> places, Map<Place, Integer> last, @Nullable Integer context) {
        var name = names.get(vertex);
        if (name.place() == 0) {
            return;
        }
        var of = inputs.get(vertex);
        add(of, places.get(place(name, name.place() - 1)), vertex);
        if (name.kind() != StepKind.COPY && name.kind() != StepKind.ADD) {
            return;
        }
        var files = CopiedFiles.of(name.text());
        if (files.from() == null) {
            add(of, context, vertex);
        } else {
            var stage = new Place(String.valueOf(name.platform()), files.from(), 0);
            var numbered = new Place(String.valueOf(name.platform()), "stage-" + files.from(), 0);
            add(of, last.getOrDefault(stage, last.get(numbered)), vertex);
        }
    }

    private static void add(Set<Integer> inputs, @Nullable Integer input, int vertex) {
        if (input != null && input != vertex) {
            inputs.add(input);
        }
    }

    private static Place place(VertexName name, int place) {
        return new Place(String.valueOf(name.platform()), name.stage() == null ? "" : name.stage(), place);
    }
}
