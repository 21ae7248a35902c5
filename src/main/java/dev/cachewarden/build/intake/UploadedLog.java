package dev.cachewarden.build.intake;

import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Data that the sender specifies for a log. The log itself rarely contains it.
 *
 * @param project project, or null to derive it from the log
 * @param builder builder that the build ran on, or null if unknown
 * @param label label that the sender chose
 * @param noCache whether the build disabled the cache
 * @param startedAt start, or null to use the time in the log or the time of the upload
 * @param duration time from start to end, or null to derive it from the log, if possible
 */
public record UploadedLog(
        @Nullable String project,
        @Nullable BuilderId builder,
        @Nullable String branch,
        @Nullable String revision,
        @Nullable String label,
        @Nullable String dockerfile,
        @Nullable String target,
        boolean noCache,
        @Nullable Instant startedAt,
        @Nullable Duration duration) {}
