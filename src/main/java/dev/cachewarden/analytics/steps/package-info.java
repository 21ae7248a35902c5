/**
 * Steps over many builds: how often each was looked up, which records hold its result, and how much each class of steps holds.
 */
@NullMarked
package dev.cachewarden.analytics.steps;

import org.jspecify.annotations.NullMarked;
