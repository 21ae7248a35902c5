/**
 * Requests, schedules, and storage of runs. A run is stored before it begins, deletes only what its plan lists, and is closed with what was
 * actually deleted. If its replica dies, another replica closes it.
 */
@NullMarked
package dev.cachewarden.prune.run;

import org.jspecify.annotations.NullMarked;
