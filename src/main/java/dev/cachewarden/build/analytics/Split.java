package dev.cachewarden.build.analytics;

import java.time.Instant;

/**
 * What parts builds into those before and those after.
 *
 * @param at those that started before are held against those that started at it or later
 * @param what it is, in words that go on after "before and after"
 */
public record Split(Instant at, String what) {}
