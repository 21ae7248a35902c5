package dev.cachewarden.build;

import dev.cachewarden.progress.ProgressLimits;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of builds.
 *
 * @param following whether this replica follows what builders remember of their builds; several may, each build is stored once
 * @param keep how long builds are kept after their end
 * @param uploadSilence how long a log that is sent while its build runs may say nothing
 */
@ConfigurationProperties("cachewarden.build")
public record BuildSettings(
        @DefaultValue("true") boolean following,
        @DefaultValue("90d") Duration keep,
        @DefaultValue("1h") Duration uploadSilence) {

    /** What is kept of one build, whatever it prints: logs are for the eye, their end is what matters. */
    public static final ProgressLimits LIMITS =
            new ProgressLimits(10_000, 1_000, 1_000, 1_000, 16_384, 16L << 20, 32 << 10, 2 << 20);

    public BuildSettings {
        if (!keep.isPositive()) {
            throw new IllegalArgumentException("cachewarden.build.keep is to be positive, not " + keep);
        }
        if (!uploadSilence.isPositive()) {
            throw new IllegalArgumentException(
                    "cachewarden.build.upload-silence is to be positive, not " + uploadSilence);
        }
    }
}
