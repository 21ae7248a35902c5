/**
 * Builds: the steps that ran, cache hits, cache misses with their causes, and the costs. Cachewarden follows the build history of builders,
 * and receives logs that users and CI jobs upload. Build arguments can contain secrets: Cachewarden never stores them in clear text, nor
 * anything else that looks like a secret.
 */
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {
            "buildcache",
            "host",
            "history",
            "engine",
            "progress",
            "progress :: log",
            "store",
            "text",
            "rest",
            "repeat"
        })
@NullMarked
package dev.cachewarden.build;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
