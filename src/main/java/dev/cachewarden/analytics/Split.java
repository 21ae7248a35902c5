package dev.cachewarden.analytics;

import java.time.Instant;

/**
 * An event that divides builds into those before and those after it.
 *
 * @param at time of the event; builds that started earlier count as before, all others as after
 * @param what description of the event that continues the phrase "before and after"
 */
public record Split(Instant at, String what) {}
