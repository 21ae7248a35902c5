/** Sets policies off by what readings show: a watermark that is passed, builds that ended. Decides when, and leaves the rest to runs. */
@NullMarked
package dev.cachewarden.prune.watch;

import org.jspecify.annotations.NullMarked;
