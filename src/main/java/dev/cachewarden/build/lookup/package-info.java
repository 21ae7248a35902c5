/** Reports one step across builds: each cache lookup, whether it was a hit, and the cause and the downstream steps of each miss. */
@NamedInterface("lookup")
@NullMarked
package dev.cachewarden.build.lookup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
