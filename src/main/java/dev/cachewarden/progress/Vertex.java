package dev.cachewarden.progress;

import java.time.Duration;
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
        List<VertexRun> runs,
        @Nullable Duration duration,
        @Nullable String error,
        List<VertexStatus> statuses,
        String log,
        boolean logCut) {

    public Vertex {
        inputs = List.copyOf(inputs);
        runs = List.copyOf(runs);
        statuses = List.copyOf(statuses);
    }

    /** Returns a copy with another name. */
    Vertex named(String name) {
        return new Vertex(id, name, inputs, state, runs, duration, error, statuses, log, logCut);
    }
}
