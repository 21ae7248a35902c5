package dev.cachewarden.configfile;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which configuration file there is.
 *
 * @param config its path; null or empty: there is none
 * @param configApply who has it applied
 * @param configCheckEvery pause between two looks at the file; a change is applied once two looks have seen the same
 */
@ConfigurationProperties("cachewarden")
public record ConfigSettings(
        @Nullable Path config,
        @DefaultValue("automatic") Apply configApply,
        @DefaultValue("10s") Duration configCheckEvery) {

    /** Who has a change of the file applied. */
    public enum Apply {
        /** The service itself, at its start and when the file changes. */
        AUTOMATIC,
        /** An administrator, who has seen what would change. */
        ASK
    }

    public ConfigSettings {
        if (config != null && config.toString().isBlank()) {
            config = null;
        }
        if (configCheckEvery.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException(
                    "cachewarden.config-check-every is at least a second, not " + configCheckEvery);
        }
    }
}
