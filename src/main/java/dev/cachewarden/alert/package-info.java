/**
 * Alerts: rules with thresholds, the life of each alert, and when users are notified of it. The decisions in this package are pure functions.
 * Delivery belongs to {@link dev.cachewarden.notify.Notifications}.
 */
@ApplicationModule(
        type = ApplicationModule.Type.OPEN,
        allowedDependencies = {
            "buildcache",
            "host",
            "history",
            "policy",
            "run",
            "forecast",
            "notify",
            "store",
            "rest",
            "repeat"
        })
@NullMarked
package dev.cachewarden.alert;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
