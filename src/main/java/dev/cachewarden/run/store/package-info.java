/**
 * Stores runs, decides when a policy starts one (schedule, watermark, or ended builds), and hands runs to their execution.
 */
@NullMarked
package dev.cachewarden.run.store;

import org.jspecify.annotations.NullMarked;
