package dev.cachewarden.policy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The automatic triggers of a policy.
 *
 * @param cron five fields, or null for no schedule
 * @param timeZone the time zone of the schedule and the window
 * @param watermark the watermark, or null for none
 * @param afterBuilds whether the end of builds triggers the policy: a snapshot with no record in use, after a snapshot with at least one
 * @param window the maintenance window, or null for any time; outside the window, no trigger starts the policy
 */
public record Triggers(
        @Nullable String cron,
        ZoneId timeZone,
        @Nullable Watermark watermark,
        boolean afterBuilds,
        @Nullable DayWindow window) {

    public static final Triggers NONE = new Triggers(null, ZoneOffset.UTC, null, false, null);

    /** Creates triggers with only a schedule. */
    public static Triggers cron(@Nullable String cron, ZoneId timeZone) {
        return new Triggers(cron, timeZone, null, false, null);
    }

    public boolean open(Instant now) {
        return window == null || window.contains(now, timeZone);
    }
}
