/** One step over builds: each time it was looked up in the cache, whether it was there, and if not, why and what that brought along. */
@NamedInterface("lookup")
@NullMarked
package dev.cachewarden.build.lookup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
