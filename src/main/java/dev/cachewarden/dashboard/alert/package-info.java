/** The pages of alerts: the list, the rules with their form, silences, and quiet hours. */
@NullMarked
package dev.cachewarden.dashboard.alert;

import org.jspecify.annotations.NullMarked;
