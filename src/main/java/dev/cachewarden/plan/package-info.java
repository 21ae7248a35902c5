/**
 * Plans: made from a fresh reading and a policy, stored exactly, and run later. Deletes nothing.
 */
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {"buildcache", "host", "history", "build", "planner", "policy", "store", "rest"})
@NullMarked
package dev.cachewarden.plan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
