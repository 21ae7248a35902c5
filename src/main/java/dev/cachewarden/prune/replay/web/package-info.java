/** The REST API for replays. */
@NullMarked
package dev.cachewarden.prune.replay.web;

import org.jspecify.annotations.NullMarked;
