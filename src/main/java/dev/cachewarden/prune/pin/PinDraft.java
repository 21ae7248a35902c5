package dev.cachewarden.prune.pin;

import dev.cachewarden.prune.plan.rule.Filter;

/**
 * A validated pin of the fleet that is not stored yet.
 *
 * @param note the reason; may be empty
 */
public record PinDraft(Filter filter, String note) {}
