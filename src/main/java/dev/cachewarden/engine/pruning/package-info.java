/** The only access to deletion: {@link dev.cachewarden.engine.pruning.BuildCachePruner}. */
@NamedInterface("pruning")
@NullMarked
package dev.cachewarden.engine.pruning;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
