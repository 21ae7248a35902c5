/**
 * REST for alerts, their rules, silences, and the quiet hours.
 */
@NullMarked
package dev.cachewarden.alert.web;

import org.jspecify.annotations.NullMarked;
