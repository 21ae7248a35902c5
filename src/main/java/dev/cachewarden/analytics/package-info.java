/**
 * Figures over many builds: hit rates, durations, costs, and how large a cache should be.
 */
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {
            "buildcache",
            "host",
            "history",
            "build",
            "build :: store",
            "build :: web",
            "progress",
            "store",
            "rest"
        })
@NullMarked
package dev.cachewarden.analytics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
