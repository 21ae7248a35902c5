/** Prometheus metrics of the caches, based on their last readings. */
@NullMarked
package dev.cachewarden.history.meter;

import org.jspecify.annotations.NullMarked;
