/**
 * The Docker hosts that Cachewarden monitors: addresses, labels, builders, capabilities, and problems, and where the free disk of each is
 * measured. Reaching a host is not done here: {@link dev.cachewarden.host.HostProber} is implemented by {@code engine}.
 */
@ApplicationModule(allowedDependencies = {"buildcache", "text", "store", "rest"})
@NullMarked
package dev.cachewarden.host;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
