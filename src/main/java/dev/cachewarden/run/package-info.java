/**
 * Prune runs: their states, requests, results, and groups. A run is stored before it begins, deletes only the records that its plan lists, and
 * is closed with what the cache shows afterwards, by another replica if necessary. Entry point: {@link dev.cachewarden.run.Runs}.
 */
@ApplicationModule(
        allowedDependencies = {
            "buildcache",
            "host",
            "history",
            "build",
            "engine",
            "engine :: pruning",
            "planner",
            "policy",
            "policy :: web",
            "plan",
            "analytics",
            "store",
            "rest",
            "repeat"
        })
@NullMarked
package dev.cachewarden.run;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
