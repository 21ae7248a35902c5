/** Replays over REST. */
@NullMarked
package dev.cachewarden.prune.replay.web;

import org.jspecify.annotations.NullMarked;
