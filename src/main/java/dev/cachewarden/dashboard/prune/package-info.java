/**
 * The pages of pruning: policies and the form for them, plans to look at before anything is deleted, and runs. They ask the façades
 * of {@code prune} and decide nothing themselves but how much a person has to type before a plan is run.
 */
@NullMarked
package dev.cachewarden.dashboard.prune;

import org.jspecify.annotations.NullMarked;
