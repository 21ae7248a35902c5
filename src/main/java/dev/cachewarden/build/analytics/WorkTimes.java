package dev.cachewarden.build.analytics;

import dev.cachewarden.build.analysis.WorkKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where the time of many builds went: the sums of what {@link dev.cachewarden.build.analysis.BuildTimes} tells of each.
 *
 * @param builds those that have steps
 * @param timed how many of them have step times; if none has, {@code wall} and {@code idle} are unknown
 * @param wall from the beginning of the first step to the end of the last of each; builds whose log has no times add nothing
 * @param summed of all steps, as if one ran after another
 * @param idle while no step ran, within {@code wall}
 * @param kinds only those with steps, the longest first
 */
public record WorkTimes(int builds, int timed, Duration wall, Duration summed, Duration idle, List<Work> kinds) {

    public WorkTimes {
        kinds = List.copyOf(kinds);
    }

    /**
     * Work of one kind.
     *
     * @param wall while at least one step of it ran
     * @param summed of all its steps, as if one ran after another
     */
    public record Work(WorkKind kind, int steps, Duration wall, Duration summed) {}

    /** Which part of the time of the builds a time is, from 0 to 1. */
    public double ofWall(Duration part) {
        return share(part, wall);
    }

    /** Which part of the time of all steps a time is, from 0 to 1. */
    public double ofSummed(Duration part) {
        return share(part, summed);
    }

    /** Steps of a log may lie thousands of years apart: beyond what nanoseconds can tell this gives the most. */
    private static double share(Duration part, Duration whole) {
        return whole.isZero() ? 0 : (double) TimeUnit.NANOSECONDS.convert(part) / TimeUnit.NANOSECONDS.convert(whole);
    }
}
