package dev.cachewarden.progress;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a vertex, by the clock of the machine that built.
 *
 * @param completed null while it runs; never before {@code started}
 */
public record VertexRun(Instant started, @Nullable Instant completed) {

    public VertexRun {
        if (completed != null && completed.isBefore(started)) {
            throw new IllegalArgumentException("A run cannot end at " + completed + ", before it began at " + started);
        }
    }
}
