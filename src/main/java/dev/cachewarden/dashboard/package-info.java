/**
 * The pages for the browser, put together from what the other packages offer. Nobody depends on it. What all pages share is here:
 * the frame around them, and how sizes, counts and times are written; each group of pages has a package below.
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
