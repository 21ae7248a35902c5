/** Live progress of runs as server-sent events, on any replica. */
@NullMarked
package dev.cachewarden.prune.web.live;

import org.jspecify.annotations.NullMarked;
