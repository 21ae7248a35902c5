/**
 * One run at work: it looks at plan and host again, waits for builds where it is told to, deletes batch by batch, and reads back what
 * really went. The only callers of the door to deletion; who runs what and when is the business of {@code prune.run}.
 */
@NullMarked
package dev.cachewarden.prune.execution;

import org.jspecify.annotations.NullMarked;
