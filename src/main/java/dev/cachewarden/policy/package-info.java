/**
 * Policies: what users write, when it runs, for which hosts, and how it changed from version to version. Deletes nothing.
 */
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {"buildcache", "host", "history", "build", "planner", "store", "rest"})
@NullMarked
package dev.cachewarden.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
