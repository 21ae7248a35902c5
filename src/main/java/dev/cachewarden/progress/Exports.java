package dev.cachewarden.progress;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The targets whose results were handed out, by the names of vertices.
 *
 * @param targets empty text: of a build that is not built together with others
 */
record Exports(Set<String> targets) {

    private static final String EXPORTING = "exporting ";
    private static final String EXPORTING_TO = "exporting to ";

    /** Exports a cache, whatever its name has in common with exports of a result. */
    private static final String ACTIONS_CACHE = "exporting to GitHub Actions Cache";

    static Exports of(List<VertexRecording> vertices) {
        Set<String> done = new HashSet<>();
        Set<String> open = new HashSet<>();
        for (var vertex : vertices) {
            String target = TargetName.target(vertex.name());
            String name = target.isEmpty() ? vertex.name() : TargetName.without(vertex.name());
            if (isOfResult(name) && vertex.state() == VertexState.DONE) {
                done.add(target);
            } else if (name.startsWith(EXPORTING) && vertex.state() == VertexState.RUNNING) {
                open.add(target);
            }
        }
        done.removeAll(open);
        return new Exports(done);
    }

    /** Whether a vertex, without its target, hands out a result. */
    static boolean isOfResult(String name) {
        return name.startsWith(EXPORTING_TO) && !name.startsWith(ACTIONS_CACHE);
    }

    /** Whether a vertex is of a target whose results were handed out, so that it cannot run any more. */
    boolean arePast(String name) {
        return targets.contains("") || targets.contains(TargetName.first(name));
    }
}
