package dev.cachewarden.engine;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Time and size limits for calls to engines and buildkitds.
 *
 * @param connectTimeout maximum time to open a connection
 * @param callTimeout maximum time from a request to the last byte of its answer, for every call except a prune
 * @param pruneTimeout maximum time of one prune order, for all its calls together
 * @param pruneIdleTimeout maximum time without a report of a prune; after that, Cachewarden stops waiting for it
 * @param maxAnswerSize maximum size of an answer; Cachewarden stops reading a larger one
 * @param limits limits for each part of an answer
 */
@ConfigurationProperties("cachewarden.engine")
public record EngineSettings(
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("30s") Duration callTimeout,
        @DefaultValue("30m") Duration pruneTimeout,
        @DefaultValue("5m") Duration pruneIdleTimeout,
        @DefaultValue("64MB") DataSize maxAnswerSize,
        @DefaultValue EngineLimits limits) {

    public EngineSettings {
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("call-timeout", callTimeout);
        requirePositive("prune-timeout", pruneTimeout);
        requirePositive("prune-idle-timeout", pruneIdleTimeout);
        if (maxAnswerSize.toBytes() <= 0) {
            throw new IllegalArgumentException("cachewarden.engine.max-answer-size must be more than zero");
        }
    }

    private static void requirePositive(String name, Duration value) {
        // Some transports count milliseconds in an int, and interpret zero as no timeout.
        if (value.toMillis() <= 0 || value.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException(
                    "cachewarden.engine." + name + " is " + value + "; it must be more than zero and at most 7 days");
        }
    }
}
