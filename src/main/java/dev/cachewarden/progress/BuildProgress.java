package dev.cachewarden.progress;

import java.util.List;

/**
 * All that became known of one build.
 *
 * @param vertices in the order in which they were first named
 * @param warnings in the order in which they came; each text once
 * @param gaps why this is not the whole build, in words for a person; empty if nothing is missing
 */
public record BuildProgress(List<Vertex> vertices, List<ProgressWarning> warnings, List<String> gaps) {

    public BuildProgress {
        vertices = List.copyOf(vertices);
        warnings = List.copyOf(warnings);
        gaps = List.copyOf(gaps);
    }

    /** Whether something is missing. */
    public boolean partial() {
        return !gaps.isEmpty();
    }
}
