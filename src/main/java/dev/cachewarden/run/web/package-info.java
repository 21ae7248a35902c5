/**
 * REST for plans, previews, replays, and cache mounts, and for runs, groups of runs, and their live events.
 */
@NullMarked
package dev.cachewarden.run.web;

import org.jspecify.annotations.NullMarked;
