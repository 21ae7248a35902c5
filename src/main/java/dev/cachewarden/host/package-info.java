/**
 * The Docker hosts we watch: their addresses, labels and builders, what each can do, and what is wrong with them.
 * Reaching a host is not done here: {@link dev.cachewarden.host.HostProber} is filled by {@code engine}.
 */
@ApplicationModule(allowedDependencies = {"buildcache", "text", "rest"})
@NullMarked
package dev.cachewarden.host;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
