package dev.cachewarden.progress;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One vertex of the graph that BuildKit solves: an instruction, or something BuildKit does around them.
 *
 * @param id its digest; {@code #7} from a log that numbers vertices instead
 * @param name as BuildKit shows it, such as {@code [build 2/5] RUN make}; never cut where the log had it whole
 * @param inputs ids of the vertices it depends on; empty also where the log does not tell
 * @param runs when it ran, oldest first, none overlapping another; empty where the log has no times. A vertex may start and end several times
 * @param duration how long it ran in sum; null while it has not ended, and where the log does not tell
 * @param error as BuildKit put it; null unless {@link VertexState#FAILED} or {@link VertexState#CANCELED}
 * @param statuses what it transferred, resolved, extracted or exported, in the order in which they were first named
 * @param log the end of what it printed
 * @param logCut whether it printed more than that
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

    /** The same under another name. */
    Vertex named(String name) {
        return new Vertex(id, name, inputs, state, runs, duration, error, statuses, log, logCut);
    }
}
