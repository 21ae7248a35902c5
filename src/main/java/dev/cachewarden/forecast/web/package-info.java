/** Forecasts over REST and as metrics. */
@NullMarked
package dev.cachewarden.forecast.web;

import org.jspecify.annotations.NullMarked;
