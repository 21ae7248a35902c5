/**
 * The registered Docker hosts: their addresses, labels, builders, capabilities, and problems. This package does not access hosts:
 * {@code engine} implements {@link dev.cachewarden.host.HostProber}.
 */
@ApplicationModule(allowedDependencies = {"buildcache", "text", "rest"})
@NullMarked
package dev.cachewarden.host;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
