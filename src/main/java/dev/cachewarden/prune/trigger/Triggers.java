package dev.cachewarden.prune.trigger;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What sets a policy off besides a person.
 *
 * @param cron five fields; null: no times
 * @param timeZone of the cron and of the window
 * @param watermark null: none
 * @param afterBuilds whether the end of builds does: a reading that shows nothing in use, where the one before showed something in use
 * @param window outside of it none of these does; null: at any time
 */
public record Triggers(
        @Nullable String cron,
        ZoneId timeZone,
        @Nullable Watermark watermark,
        boolean afterBuilds,
        @Nullable DayWindow window) {

    public static final Triggers NONE = new Triggers(null, ZoneOffset.UTC, null, false, null);

    /** By its times alone. */
    public static Triggers cron(@Nullable String cron, ZoneId timeZone) {
        return new Triggers(cron, timeZone, null, false, null);
    }

    public boolean open(Instant now) {
        return window == null || window.contains(now, timeZone);
    }
}
