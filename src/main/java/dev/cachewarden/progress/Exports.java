package dev.cachewarden.progress;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The targets whose results were exported, derived from the names of vertices.
 *
 * @param targets contains the empty text for a build without other targets
 */
record Exports(Set<String> targets) {

    private static final String EXPORTING = "exporting ";
    private static final String EXPORTING_TO = "exporting to ";

    /** The export of a cache. Its name begins like the export of a result. */
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

    /** Returns true if a vertex, named without its target, exports a result. */
    static boolean isOfResult(String name) {
        return name.startsWith(EXPORTING_TO) && !name.startsWith(ACTIONS_CACHE);
    }

    /** Returns true if a vertex belongs to a target whose results were exported, so that it can no longer run. */
    boolean arePast(String name) {
        return targets.contains("") || targets.contains(TargetName.first(name));
    }
}
