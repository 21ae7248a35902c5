/**
 * Why a build made anew what it did: compared with the build before it, what missed first, what had changed, and what missed only because
 * of that. Pure functions; what became of cache records is asked of {@link dev.cachewarden.build.analysis.cause.CacheLosses}.
 */
@NamedInterface("cause")
@NullMarked
package dev.cachewarden.build.analysis.cause;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
