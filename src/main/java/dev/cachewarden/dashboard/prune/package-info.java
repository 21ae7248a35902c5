/**
 * The pages of plans, runs, and pins, and the texts and form parts that they share with the pages of policies. They use the public types of
 * {@code prune}. Their only own decision is how much text a user must type before a plan is run.
 */
@NullMarked
package dev.cachewarden.dashboard.prune;

import org.jspecify.annotations.NullMarked;
