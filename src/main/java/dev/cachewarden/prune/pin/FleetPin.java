package dev.cachewarden.prune.pin;

import dev.cachewarden.prune.plan.rule.Filter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pin on every host: no plan takes a record that matches it.
 *
 * @param note the reason, in the words of the person who pinned it; may be empty
 * @param configFile the path of the configuration file that the pin comes from and can be changed in, or null if a person made it
 */
public record FleetPin(
        long id,
        Filter filter,
        String note,
        String createdBy,
        Instant createdAt,
        @Nullable String configFile) {}
