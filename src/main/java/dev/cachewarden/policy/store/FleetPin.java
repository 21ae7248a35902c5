package dev.cachewarden.policy.store;

import dev.cachewarden.planner.Filter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pin on every host: no plan deletes a record that matches it.
 *
 * @param note the reason that the user gave; may be empty
 * @param configFile the path of the configuration file that the pin comes from and can be changed in, or null if a user created it
 */
public record FleetPin(
        long id,
        Filter filter,
        String note,
        String createdBy,
        Instant createdAt,
        @Nullable String configFile) {

    /**
     * A validated pin that is not stored yet.
     *
     * @param note the reason; may be empty
     */
    public record Draft(Filter filter, String note) {}
}
