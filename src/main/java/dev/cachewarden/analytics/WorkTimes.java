package dev.cachewarden.analytics;

import dev.cachewarden.build.analysis.WorkKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The time of many builds, as the sum of the {@link dev.cachewarden.build.analysis.BuildTimes} of each.
 *
 * @param builds number of builds with steps
 * @param timed number of these with step times; if it is zero, {@code wall} and {@code idle} are unknown
 * @param wall real time from the start of the first step of each build to the end of its last; builds whose log has no times add nothing
 * @param summed accumulated time of all steps, as if they ran one after another
 * @param idle time within {@code wall} during which no step ran
 * @param kinds times of the kinds with steps, longest first
 */
public record WorkTimes(int builds, int timed, Duration wall, Duration summed, Duration idle, List<Work> kinds) {

    public WorkTimes {
        kinds = List.copyOf(kinds);
    }

    /**
     * The time of one kind of work.
     *
     * @param wall time during which at least one step of this kind ran
     * @param summed accumulated time of its steps, as if they ran one after another
     */
    public record Work(WorkKind kind, int steps, Duration wall, Duration summed) {}

    /** Returns the share of a time in the real time of the builds, from 0 to 1. */
    public double ofWall(Duration part) {
        return share(part, wall);
    }

    /** Returns the share of a time in the accumulated time of all steps, from 0 to 1. */
    public double ofSummed(Duration part) {
        return share(part, summed);
    }

    /** Returns the share. Steps of a log can be thousands of years apart, so longer times count as the maximum number of nanoseconds. */
    private static double share(Duration part, Duration whole) {
        return whole.isZero() ? 0 : (double) TimeUnit.NANOSECONDS.convert(part) / TimeUnit.NANOSECONDS.convert(whole);
    }
}
