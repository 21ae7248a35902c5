/**
 * The configuration file: hosts, policies, pins, channels, and alert rules as code, in one YAML file. Cachewarden reads it strictly, compares it with the stored
 * configuration, and applies it completely or not at all. The file manages its resources: users change them only in the file. Pages and
 * scripts use {@link dev.cachewarden.configfile.ConfigurationFile}. Hosts, policies, pins, channels, and alert rules do not depend on this package; they only
 * store the name of their file.
 */
@ApplicationModule(
        allowedDependencies = {
            "alert",
            "buildcache",
            "host",
            "planner",
            "policy",
            "store",
            "access",
            "notify",
            "rest",
            "repeat"
        })
@NullMarked
package dev.cachewarden.configfile;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
