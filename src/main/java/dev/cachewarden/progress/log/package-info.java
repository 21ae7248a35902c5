/**
 * Reads build logs from users and CI servers in any supported format and condition. The entry point is
 * {@link dev.cachewarden.progress.log.ProgressReader}.
 */
@NamedInterface("log")
@NullMarked
package dev.cachewarden.progress.log;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
