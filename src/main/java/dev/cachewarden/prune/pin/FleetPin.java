package dev.cachewarden.prune.pin;

import dev.cachewarden.prune.plan.rule.Filter;
import java.time.Instant;

/**
 * A pin on every host: no plan takes a record that matches it.
 *
 * @param note the reason, in the words of the person who pinned it; may be empty
 */
public record FleetPin(long id, Filter filter, String note, String createdBy, Instant createdAt) {}
