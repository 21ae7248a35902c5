/**
 * Executes one run: checks plan and host again, waits for builds, deletes batch by batch, and verifies the result. The only caller of the
 * package that deletes. Also finds external prunes: records that disappeared without a run.
 */
@NullMarked
package dev.cachewarden.run.execution;

import org.jspecify.annotations.NullMarked;
