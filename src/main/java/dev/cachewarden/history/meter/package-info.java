/** Tells the machine's watchers what the caches of the last readings hold. */
@NullMarked
package dev.cachewarden.history.meter;

import org.jspecify.annotations.NullMarked;
