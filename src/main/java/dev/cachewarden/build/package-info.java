/**
 * Builds: what ran, which steps the cache had, which it had not and why, and what that cost. Builds come in by following what builders
 * remember of them, and as logs that people and CI upload. Build arguments may hold secrets; nothing of them is stored in clear text, nor
 * what else looks like one.
 */
@ApplicationModule(
        allowedDependencies = {
            "buildcache",
            "host",
            "history",
            "engine",
            "progress",
            "progress :: log",
            "store :: column",
            "text",
            "rest"
        })
@NullMarked
package dev.cachewarden.build;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
