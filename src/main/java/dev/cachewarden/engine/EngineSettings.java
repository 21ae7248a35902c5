package dev.cachewarden.engine;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits for calls to engines and buildkitds.
 *
 * @param connectTimeout until a connection stands
 * @param callTimeout from a request to the last byte of its answer, for every call but a prune
 * @param pruneTimeout the same for one order to prune, all its calls together
 * @param pruneIdleTimeout a prune that reports nothing for so long is given up
 * @param maxAnswerSize an answer larger than this is not read to its end
 * @param limits bounds for each part of an answer
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
        // Some transports count in milliseconds of an int, and take zero for: wait for ever.
        if (value.toMillis() <= 0 || value.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException(
                    "cachewarden.engine." + name + " is " + value + "; it must be more than zero and at most 7 days");
        }
    }
}
