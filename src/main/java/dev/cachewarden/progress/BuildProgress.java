package dev.cachewarden.progress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that became known of one build.
 *
 * @param target of bake or Compose, where several were built at once; null: it was built alone
 * @param vertices in the order in which they were first named
 * @param warnings in the order in which they came; each text once
 * @param failure what the client said at the end of a build that failed; null: nothing. It may have failed in no vertex, as when its
 *     Dockerfile cannot be read
 * @param gaps why this is not the whole build, in words for a person; empty if nothing is missing
 * @param span when it ran as a whole, where the log says so apart from the steps
 */
public record BuildProgress(
        @Nullable String target,
        List<Vertex> vertices,
        List<ProgressWarning> warnings,
        @Nullable String failure,
        List<String> gaps,
        BuildSpan span) {

    private static final String ENDS_EARLY = "The log ends before the build does: ";

    /** The gap of a build whose log stops before its last instructions, though no step still runs. */
    public static final String STOPS_EARLY = ENDS_EARLY + "instructions are missing at its end.";

    public BuildProgress {
        vertices = List.copyOf(vertices);
        warnings = List.copyOf(warnings);
        gaps = List.copyOf(gaps);
    }

    /** Of which only the steps tell when it ran. */
    public BuildProgress(
            @Nullable String target,
            List<Vertex> vertices,
            List<ProgressWarning> warnings,
            @Nullable String failure,
            List<String> gaps) {
        this(target, vertices, warnings, failure, gaps, BuildSpan.NONE);
    }

    /** Of which no failure is known. */
    public BuildProgress(List<Vertex> vertices, List<ProgressWarning> warnings, List<String> gaps) {
        this(null, vertices, warnings, null, gaps);
    }

    /** The same with another span. */
    public BuildProgress within(BuildSpan span) {
        return new BuildProgress(target, vertices, warnings, failure, gaps, span);
    }

    /** The gap of one of several targets where others had handed out their results when the log stopped. */
    static final String NOT_EXPORTED = ENDS_EARLY + "its result was not exported yet.";

    /** The gap of a build whose log stops while some of its steps run. */
    static String stillRunning(long steps) {
        return ENDS_EARLY + "%d of its steps still run.".formatted(steps);
    }

    /** Whether the log surely stops before the build does. */
    public boolean endsEarly() {
        return gaps.stream().anyMatch(BuildProgress::isOfEnd);
    }

    /** Whether a gap is that the log stops before the build does. */
    static boolean isOfEnd(String gap) {
        return gap.startsWith(ENDS_EARLY);
    }

    /** Whether something is missing. */
    public boolean partial() {
        return !gaps.isEmpty();
    }
}
