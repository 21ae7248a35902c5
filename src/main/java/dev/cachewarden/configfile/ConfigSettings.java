package dev.cachewarden.configfile;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the configuration file.
 *
 * @param config path of the file, or null or empty if there is none
 * @param configApply way to apply a change of the file
 * @param configCheckEvery pause between two checks of the file; a change is applied once two checks have read the same content
 */
@ConfigurationProperties("cachewarden")
public record ConfigSettings(
        @Nullable Path config,
        @DefaultValue("automatic") Apply configApply,
        @DefaultValue("10s") Duration configCheckEvery) {

    /** The way to apply a change of the file. */
    public enum Apply {
        /** Cachewarden applies it automatically at its start and when the file changes. */
        AUTOMATIC,
        /** An administrator applies it after a review of the changes. */
        ASK
    }

    public ConfigSettings {
        if (config != null && config.toString().isBlank()) {
            config = null;
        }
        if (configCheckEvery.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "cachewarden.config-check-every must be at least 1 second, not " + configCheckEvery);
        }
    }
}
