package dev.cachewarden.progress;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a build ran as a whole, as far as its log says so apart from its steps: by the times before its lines, or in the header of a terminal
 * view.
 *
 * @param started null: the log does not say, or has times without a zone
 * @param duration from the first line to the last; null: the log does not say
 * @param open whether the log does not show that the build ended
 */
public record BuildSpan(@Nullable Instant started, @Nullable Duration duration, boolean open) {

    /** Of a log that says nothing of this kind. */
    public static final BuildSpan NONE = new BuildSpan(null, null, false);
}
