package dev.cachewarden.progress;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A part of a vertex's work, such as {@code transferring context:} or the download of one layer.
 *
 * @param id name in BuildKit: {@code transferring context:}, {@code sha256:…}, {@code extracting sha256:…}, {@code exporting layers}
 * @param current bytes so far; also zero if it does not count bytes. From a plain log only as exact as printed
 * @param total expected bytes, or zero if unknown
 * @param duration null if it has not ended or the log does not contain it
 * @param done true if it has ended
 */
public record VertexStatus(
        String id, long current, long total, @Nullable Duration duration, boolean done) {

    public VertexStatus {
        if (current < 0 || total < 0) {
            throw new IllegalArgumentException("Bytes cannot be negative: " + current + " of " + total);
        }
    }
}
