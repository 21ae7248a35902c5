/**
 * Export of a policy to other formats: the settings of an engine, and Cachewarden's own file. Notes list the features that a format lacks.
 */
@NamedInterface("export")
@NullMarked
package dev.cachewarden.prune.export;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
