/** What many builds say together: how often the cache had a step, what misses cost, where the time goes. */
@NamedInterface("analytics")
@NullMarked
package dev.cachewarden.build.analytics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
