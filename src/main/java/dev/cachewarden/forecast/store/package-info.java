/**
 * Stores the growth of caches and the use of disks by the hour, makes a forecast for each host after the roll-up of each hour, and compares
 * earlier forecasts with what happened.
 */
@NullMarked
package dev.cachewarden.forecast.store;

import org.jspecify.annotations.NullMarked;
