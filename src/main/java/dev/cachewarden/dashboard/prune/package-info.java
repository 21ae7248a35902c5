/**
 * The pages of pruning: policies with their versions, form, and live preview, and the plans and runs that they lead to. For plans, they decide
 * only how much a user has to type before a plan runs.
 */
@NullMarked
package dev.cachewarden.dashboard.prune;

import org.jspecify.annotations.NullMarked;
