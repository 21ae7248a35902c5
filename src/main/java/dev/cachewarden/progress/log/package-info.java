/**
 * Reads logs of builds as people and CI servers send them, whatever their format and state. Way in:
 * {@link dev.cachewarden.progress.log.ProgressReader}.
 */
@NamedInterface("log")
@NullMarked
package dev.cachewarden.progress.log;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
