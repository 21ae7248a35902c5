package dev.cachewarden.progress;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The end of a log, as its vertices show it: the targets whose results were exported, and whether instructions are missing.
 *
 * @param targets targets whose results were exported; contains the empty text for a build without other targets
 */
record LogEnd(Set<String> targets) {

    private static final String EXPORTING = "exporting ";
    private static final String EXPORTING_TO = "exporting to ";

    /** The export of a cache. Its name begins like the export of a result. */
    private static final String ACTIONS_CACHE = "exporting to GitHub Actions Cache";

    static LogEnd of(List<VertexRecording> vertices) {
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
        return new LogEnd(done);
    }

    /** Returns true if a vertex, named without its target, exports a result. */
    static boolean isOfResult(String name) {
        return name.startsWith(EXPORTING_TO) && !name.startsWith(ACTIONS_CACHE);
    }

    /** Returns true if a vertex belongs to a target whose results were exported, so that it can no longer run. */
    boolean isPast(String name) {
        return targets.contains("") || targets.contains(TargetName.first(name));
    }

    /**
     * Returns true if no step has failed so far, and a stage lacks its last instructions or there is no stage. Returns false for targets,
     * because they share steps, which may have other names.
     *
     * @param checked whether the client only checked the Dockerfile, so that there is no stage
     */
    static boolean stopsEarly(List<VertexRecording> vertices, boolean checked) {
        Map<String, Integer> missing = new HashMap<>();
        for (var vertex : vertices) {
            boolean well = vertex.state() == VertexState.DONE || vertex.state() == VertexState.CACHED;
            String target = TargetName.ofLoad(vertex.name());
            boolean ofTarget = target != null && !target.isEmpty();
            if (ofTarget || (!well && !vertex.name().startsWith("importing "))) {
                return false;
            }
            var place = StagePlace.of(vertex.name());
            if (place != null) {
                missing.merge(place.stage(), place.last() - place.place(), Math::min);
            }
        }
        return missing.isEmpty() ? !checked : missing.values().stream().anyMatch(count -> count > 0);
    }
}
