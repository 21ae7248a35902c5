/**
 * Prune policies, plans and runs. The only package that deletes: a run deletes what a stored plan lists, and nothing
 * else.
 */
@ApplicationModule(
        allowedDependencies = {
            "buildcache",
            "host",
            "host :: disk",
            "build",
            "build :: analysis",
            "build :: analytics",
            "history",
            "engine",
            "engine :: pruning",
            "store",
            "store :: column",
            "rest"
        })
@NullMarked
package dev.cachewarden.prune;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
