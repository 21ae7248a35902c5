package dev.cachewarden.build.intake;

import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a log that somebody sends; the log itself rarely tells it.
 *
 * @param project null: told from the log
 * @param builder that it ran on; null: not told
 * @param label a word of the sender's
 * @param noCache whether the cache was not to be used
 * @param startedAt null: told from the log, or when it was sent
 * @param duration from start to end; null: told from the log, if it tells
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
