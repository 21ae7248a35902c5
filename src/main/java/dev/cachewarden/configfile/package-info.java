/**
 * The configuration file: hosts, policies, and pins as code, in one YAML file that is read strictly, compared with what is stored, and applied
 * whole or not at all. What comes from it belongs to it: people change it there. Pages and scripts come in by
 * {@link dev.cachewarden.configfile.ConfigurationFile}. Nothing else depends on it; these only know the name of their file.
 */
@ApplicationModule(
        allowedDependencies = {
            "buildcache",
            "host",
            "host :: configured",
            "host :: disk",
            "prune",
            "prune :: configured",
            "prune :: version",
            "prune :: export",
            "prune :: pin",
            "prune :: rule",
            "prune :: scope",
            "prune :: trigger",
            "store :: column",
            "access",
            "rest"
        })
@NullMarked
package dev.cachewarden.configfile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
