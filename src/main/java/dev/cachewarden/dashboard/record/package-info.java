/** The pages of cache records: the explorer and one record. */
@NullMarked
package dev.cachewarden.dashboard.record;

import org.jspecify.annotations.NullMarked;
