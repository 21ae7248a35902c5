package dev.cachewarden.forecast;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The room on a disk for builds. An unknown disk is never OK.
 *
 * @param limit free space below which the state is WARN, or null if it is a share of an unknown disk
 * @param text the state as sentences for users
 */
public record Headroom(State state, @Nullable ByteSize limit, String text) {

    /** A forecast alone warns only while less than this part of the disk is free. */
    private static final int GATE_PERCENT = 40;

    /** The states. */
    public enum State {
        OK,
        WARN,
        UNKNOWN
    }

    /**
     * Compares the free space with a limit, and the forecast without pruning with a time.
     *
     * @param space null if unknown
     * @param limit null if it is a share of an unknown disk
     * @param outlook null if there is no forecast yet
     * @param within warns if the disk is usually full within this time
     */
    public static Headroom of(
            @Nullable DiskSpace space, @Nullable ByteSize limit, @Nullable Outlook outlook, Duration within) {
        if (space == null || limit == null) {
            return new Headroom(State.UNKNOWN, limit, "The free disk space is unknown.");
        }
        String text = space.free() + " of " + space.total() + " is free.";
        if (outlook != null) {
            text += " " + ForecastText.of(outlook);
        }
        boolean low = space.free().compareTo(limit) < 0;
        return new Headroom(low || soon(space, outlook, within) ? State.WARN : State.OK, limit, text);
    }

    /**
     * Returns whether a disk is usually full within a time. A forecast for a disk with much free space does not count.
     *
     * @param outlook null if there is no forecast yet
     */
    public static boolean soon(DiskSpace space, @Nullable Outlook outlook, Duration within) {
        return outlook instanceof Outlook.Range range
                && range.p50() != null
                && range.p50().compareTo(within) < 0
                && space.free().compareTo(space.share(GATE_PERCENT)) < 0;
    }
}
