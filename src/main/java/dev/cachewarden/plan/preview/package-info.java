/**
 * The effect of policies without a stored plan: live previews, the forecast of one record, replays of the stored history, and cache mounts
 * with the policies that keep them.
 */
@NullMarked
package dev.cachewarden.plan.preview;

import org.jspecify.annotations.NullMarked;
