package dev.cachewarden.progress;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The vertices of a build without those that BuildKit merged with an equal vertex of a concurrent build. BuildKit reports such an
 * instruction as two vertices with one name. The build's own vertex never starts, and the vertex of the other build runs.
 *
 * @param instead IDs of the vertices that replace those left out, by the IDs of the latter
 */
record Merged(List<VertexRecording> vertices, Map<String, String> instead) {

    /**
     * A vertex that never ran because an equal one did.
     *
     * @param names its names in the log
     * @param instead ID of the vertex that ran
     */
    record LeftOut(List<String> names, List<String> inputs, String instead) {}

    static Merged of(List<VertexRecording> all) {
        var waiting = all.stream()
                .filter(vertex -> vertex.state() == VertexState.WAITING && StagePlace.of(vertex.name()) != null)
                .toList();
        if (waiting.isEmpty()) {
            return new Merged(all, Map.of());
        }
        Map<String, String> begun = new HashMap<>();
        all.stream()
                .filter(vertex -> vertex.state() != VertexState.WAITING)
                .forEach(vertex -> begun.put(vertex.name(), vertex.id()));
        Map<String, String> instead = new HashMap<>();
        waiting.forEach(vertex -> {
            String ran = begun.get(vertex.name());
            if (ran != null) {
                instead.put(vertex.id(), ran);
            }
        });
        return new Merged(
                all.stream().filter(vertex -> !instead.containsKey(vertex.id())).toList(), instead);
    }

    /** Returns the ID of the vertex that replaces a vertex, or its own ID. */
    String instead(String id) {
        return instead.getOrDefault(id, id);
    }
}
