/**
 * Runs of plans: the only place from which records are deleted. A run is stored before it begins, deletes what its plan lists and
 * nothing else, and is closed with what really went, by whoever is left to tell.
 */
@NullMarked
package dev.cachewarden.prune.run;

import org.jspecify.annotations.NullMarked;
