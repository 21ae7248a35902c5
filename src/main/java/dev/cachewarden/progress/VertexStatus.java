package dev.cachewarden.progress;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A part of what a vertex does, such as {@code transferring context:} or the download of one layer.
 *
 * @param id as BuildKit names it: {@code transferring context:}, {@code sha256:…}, {@code extracting sha256:…}, {@code exporting layers}
 * @param current bytes so far; zero also where it does not count bytes. From a plain log only as exact as it was printed
 * @param total bytes expected; zero where that is not known
 * @param duration null where it has not ended or the log does not tell
 * @param done whether it ended
 */
public record VertexStatus(
        String id, long current, long total, @Nullable Duration duration, boolean done) {

    public VertexStatus {
        if (current < 0 || total < 0) {
            throw new IllegalArgumentException("Bytes cannot be negative: " + current + " of " + total);
        }
    }
}
