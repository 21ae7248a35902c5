package dev.cachewarden.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The progress of one build.
 *
 * @param target target of bake or Compose if several were built at once, or null if the build ran alone
 * @param vertices in the order of their first names in the log
 * @param warnings in their order of arrival, without duplicate texts
 * @param failure error that the client reported at the end of a failed build, or null if there is none. The build may have failed in no
 *     vertex, for example if its Dockerfile is unreadable
 * @param gaps descriptions of missing parts, for users; empty if nothing is missing
 * @param span time range of the whole build, if the log reports it separately from the steps
 */
public record BuildProgress(
        @Nullable String target,
        List<Vertex> vertices,
        List<Warning> warnings,
        @Nullable String failure,
        List<String> gaps,
        Span span) {

    private static final String ENDS_EARLY = "The log ends before the build does: ";

    /** The gap of a build whose log stops before its last instructions, although no step is still running. */
    public static final String STOPS_EARLY = ENDS_EARLY + "instructions are missing at its end.";

    public BuildProgress {
        vertices = List.copyOf(vertices);
        warnings = List.copyOf(warnings);
        gaps = List.copyOf(gaps);
    }

    /** Creates the progress of a build whose time range only the steps show. */
    public BuildProgress(
            @Nullable String target,
            List<Vertex> vertices,
            List<Warning> warnings,
            @Nullable String failure,
            List<String> gaps) {
        this(target, vertices, warnings, failure, gaps, Span.NONE);
    }

    /** Creates the progress of a build without a known failure. */
    public BuildProgress(List<Vertex> vertices, List<Warning> warnings, List<String> gaps) {
        this(null, vertices, warnings, null, gaps);
    }

    /** Returns a copy with another span. */
    public BuildProgress within(Span span) {
        return new BuildProgress(target, vertices, warnings, failure, gaps, span);
    }

    /** The gap of a target whose result was not exported when the log stopped, while other targets had exported theirs. */
    static final String NOT_EXPORTED = ENDS_EARLY + "its result was not exported yet.";

    /** Returns the gap of a build whose log stops while some of its steps run. */
    static String stillRunning(long steps) {
        return ENDS_EARLY + "%d of its steps did not end.".formatted(steps);
    }

    /** Returns true if the log certainly stops before the end of the build. */
    public boolean endsEarly() {
        return gaps.stream().anyMatch(BuildProgress::isOfEnd);
    }

    /** Returns true if the gap means that the log stops before the end of the build. */
    static boolean isOfEnd(String gap) {
        return gap.startsWith(ENDS_EARLY);
    }

    /** Returns true if a part of the build is missing. */
    public boolean partial() {
        return !gaps.isEmpty();
    }

    /**
     * The time range of a whole build, if its log reports it separately from the steps. Its sources are the times before the lines, or the
     * header of a terminal view.
     *
     * @param started start, or null if the log does not contain it or has times without a zone
     * @param duration from the first line to the last, or null if the log does not contain it
     * @param open true if the log does not show the end of the build
     */
    public record Span(@Nullable Instant started, @Nullable Duration duration, boolean open) {

        /** The span of a log without such times. */
        public static final Span NONE = new Span(null, null, false);
    }

    /**
     * A warning of BuildKit about a build, such as the result of a Dockerfile check.
     *
     * @param vertex ID of its vertex, or null if the log does not contain it
     * @param text first line of the warning
     * @param url address of BuildKit's explanation, or null if there is none. Not validated: check its scheme before you link to it
     * @param line line in the Dockerfile, from 1, or null if the warning names none
     */
    public record Warning(
            @Nullable String vertex,
            String text,
            @Nullable String url,
            @Nullable Integer line) {}
}
