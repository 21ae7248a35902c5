package dev.cachewarden.progress;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Vertices of a build without those that BuildKit found to be the same as what another build beside it was making. Of such an instruction
 * it tells twice under one name: the build's own vertex, which never begins, and the other build's, which is what ran.
 *
 * @param instead ids of those left out, and of those that stand for them
 */
record Merged(List<VertexRecording> vertices, Map<String, String> instead) {

    /**
     * A vertex that never ran because another one did.
     *
     * @param names that it was told under
     * @param instead id of the one that ran
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

    /** Who stands for a vertex. */
    String instead(String id) {
        return instead.getOrDefault(id, id);
    }
}
