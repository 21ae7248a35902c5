/**
 * Execution of one run. It checks the plan and the host again, waits for builds if required, deletes batch by batch, and verifies the
 * result. Only this package calls the API for deletion. The package {@code prune.run} decides who runs what and when.
 */
@NullMarked
package dev.cachewarden.prune.execution;

import org.jspecify.annotations.NullMarked;
