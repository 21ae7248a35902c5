package dev.cachewarden.forecast;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** When a disk will be full under one assumption. It is never zero, infinite, or empty instead of unknown. */
public sealed interface Outlook {

    /** A range with a date further away than this is only {@link NotWithin}. */
    Duration FAR = Duration.ofDays(30);

    /**
     * The time until the disk is full, counted from the forecast.
     *
     * @param p5 in 5% of the paths it is full by then; at most {@link #FAR}
     * @param p50 the median, or null if it is more than 90 days
     * @param p95 in 95% of the paths it is full by then; null if this is more than 90 days
     */
    record Range(
            Duration p5, @Nullable Duration p50, @Nullable Duration p95) implements Outlook {}

    /** The disk will most probably not be full within this time. */
    record NotWithin(Duration time) implements Outlook {}

    /**
     * There is no date.
     *
     * @param text the reason as a sentence for users
     */
    record None(Reason reason, String text) implements Outlook {}

    /** Why there is no date. */
    enum Reason {
        /** The free disk space is unknown. */
        DISK_UNKNOWN,
        /** The last reading is too old. */
        STALE,
        /** The cache has been read for less than 24 hours, or fewer than 20 times. */
        TOO_SHORT,
        /** The disk does not become fuller. */
        NOT_GROWING,
        /** A limit of the builder's own garbage collection holds the cache. */
        HELD,
        /** The policy has never run on this host, so what its runs leave is unknown. */
        NO_RUNS,
        /** The policy never starts automatically. */
        MANUAL
    }
}
