package dev.cachewarden.alert;

import dev.cachewarden.policy.DayWindow;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The part of each day when only critical alerts are reported.
 *
 * @param window the hours, or null for none
 */
public record QuietHours(@Nullable DayWindow window, ZoneId timeZone) {

    public static final QuietHours NONE = new QuietHours(null, ZoneOffset.UTC);

    /** Returns whether it is quiet. */
    public boolean contains(Instant now) {
        return window != null && window.contains(now, timeZone);
    }
}
