package dev.cachewarden.alert.web;

import dev.cachewarden.alert.QuietHours;
import org.jspecify.annotations.Nullable;

/**
 * The part of each day when only critical alerts are reported.
 *
 * @param window hours such as {@code 22:00-06:00}, or null for none
 * @param timeZone time zone of the hours; UTC if it is absent
 */
record QuietHoursDocument(@Nullable String window, @Nullable String timeZone) {

    static QuietHoursDocument of(QuietHours hours) {
        return new QuietHoursDocument(
                hours.window() == null ? null : hours.window().toString(),
                hours.timeZone().getId());
    }
}
