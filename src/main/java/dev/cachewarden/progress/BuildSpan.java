package dev.cachewarden.progress;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time range of a whole build, if its log reports it separately from the steps. Its sources are the times before the lines, or the
 * header of a terminal view.
 *
 * @param started start, or null if the log does not contain it or has times without a zone
 * @param duration from the first line to the last, or null if the log does not contain it
 * @param open true if the log does not show the end of the build
 */
public record BuildSpan(@Nullable Instant started, @Nullable Duration duration, boolean open) {

    /** The span of a log without such times. */
    public static final BuildSpan NONE = new BuildSpan(null, null, false);
}
