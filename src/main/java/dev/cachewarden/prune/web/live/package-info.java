/** Runs as they go on, told to whoever listens: server-sent events, on any replica. */
@NullMarked
package dev.cachewarden.prune.web.live;

import org.jspecify.annotations.NullMarked;
