/**
 * The web pages, built from the public types of the other modules. No module depends on this one. This package contains the parts that all
 * pages share: the layout, and the format of sizes, counts, and times. Each group of pages has a subpackage.
 */
@ApplicationModule(
        allowedDependencies = {
            "buildcache",
            "host",
            "host :: disk",
            "engine",
            "history",
            "prune",
            "prune :: pin",
            "prune :: plan",
            "prune :: rule",
            "prune :: replay",
            "prune :: outlook",
            "prune :: mount",
            "prune :: scope",
            "prune :: trigger",
            "prune :: version",
            "prune :: priority",
            "prune :: check",
            "prune :: preview",
            "prune :: template",
            "prune :: external",
            "prune :: csv",
            "prune :: export",
            "configfile",
            "build",
            "build :: step",
            "build :: analysis",
            "build :: analytics",
            "build :: rate",
            "build :: size",
            "build :: held",
            "build :: lookup",
            "build :: rules",
            "progress",
            "access",
            "store",
            "rest"
        })
@NullMarked
package dev.cachewarden.dashboard;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
