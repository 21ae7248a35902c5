/** The page of cache mounts. */
@NullMarked
package dev.cachewarden.dashboard.mount;

import org.jspecify.annotations.NullMarked;
