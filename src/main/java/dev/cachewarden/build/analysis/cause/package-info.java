/**
 * Explains cache misses of a build by comparison with the previous build: what missed first, what had changed, and what missed only because
 * of that. Contains only pure functions. {@link dev.cachewarden.build.analysis.cause.CacheLosses} supplies the deleted cache records.
 */
@NamedInterface("cause")
@NullMarked
package dev.cachewarden.build.analysis.cause;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
