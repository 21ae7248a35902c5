/**
 * The web pages, built from the public types of the other modules. No module depends on this one. This package contains the parts that all
 * pages share: the layout, and the format of sizes, counts, and times. Each group of pages has a subpackage.
 */
@ApplicationModule(
        allowedDependencies = {
            "buildcache",
            "host",
            "history",
            "planner",
            "policy",
            "plan",
            "run",
            "configfile",
            "build",
            "analytics",
            "forecast",
            "access",
            "alert",
            "notify",
            "rest"
        })
@NullMarked
package dev.cachewarden.dashboard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
