package dev.cachewarden.policy.store;

import dev.cachewarden.planner.Filter;

/**
 * A validated pin of the fleet that is not stored yet.
 *
 * @param note the reason; may be empty
 */
public record PinDraft(Filter filter, String note) {}
