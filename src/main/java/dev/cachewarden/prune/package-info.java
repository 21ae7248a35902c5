/** Prune policies, plans, and runs. Only this package deletes cache records. A run deletes only the records that its stored plan lists. */
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
