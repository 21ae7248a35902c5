package dev.cachewarden.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vertex of the graph that BuildKit solves: an instruction, or an operation of BuildKit around the instructions.
 *
 * @param id digest of the vertex, or {@code #7} from a log that numbers vertices instead
 * @param name name in BuildKit, such as {@code [build 2/5] RUN make}; never truncated if the log contains it completely
 * @param inputs IDs of the vertices it depends on; also empty if the log does not contain them
 * @param runs time ranges of its runs, oldest first, without overlaps; empty if the log has no times. A vertex may start and end
 *     several times
 * @param duration total duration, or null if it has not ended or the log does not contain it
 * @param error error message of BuildKit, or null unless {@link VertexState#FAILED} or {@link VertexState#CANCELED}
 * @param statuses transfers, resolutions, extractions, and exports, in the order of their first names in the log
 * @param log the end of its output
 * @param logCut true if the beginning of its output is missing
 */
public record Vertex(
        String id,
        String name,
        List<String> inputs,
        VertexState state,
        List<Run> runs,
        @Nullable Duration duration,
        @Nullable String error,
        List<Status> statuses,
        String log,
        boolean logCut) {

    /** The error of a failed vertex if the log does not contain it. */
    public static final String UNKNOWN_ERROR = "failed";

    public Vertex {
        inputs = List.copyOf(inputs);
        runs = List.copyOf(runs);
        statuses = List.copyOf(statuses);
    }

    /** Returns a copy with another name. */
    Vertex named(String name) {
        return new Vertex(id, name, inputs, state, runs, duration, error, statuses, log, logCut);
    }

    /**
     * One run of a vertex, by the clock of the machine that built.
     *
     * @param completed null while it runs; never before {@code started}
     */
    public record Run(Instant started, @Nullable Instant completed) {

        public Run {
            if (completed != null && completed.isBefore(started)) {
                throw new IllegalArgumentException(
                        "A run cannot end at " + completed + ", before it began at " + started);
            }
        }
    }

    /**
     * A part of a vertex's work, such as {@code transferring context:} or the download of one layer.
     *
     * @param id name in BuildKit: {@code transferring context:}, {@code sha256:…}, {@code extracting sha256:…}, {@code exporting layers}
     * @param current bytes so far; also zero if it does not count bytes. From a plain log only as exact as printed
     * @param total expected bytes, or zero if unknown
     * @param duration null if it has not ended or the log does not contain it
     * @param done true if it has ended
     */
    public record Status(
            String id, long current, long total, @Nullable Duration duration, boolean done) {

        public Status {
            if (current < 0 || total < 0) {
                throw new IllegalArgumentException("Bytes cannot be negative: " + current + " of " + total);
            }
        }
    }
}
