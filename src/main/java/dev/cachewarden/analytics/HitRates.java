package dev.cachewarden.analytics;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.steps.StepClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hit rates of successful builds by a grouping. Lookups are counted as in {@link HitRate}. */
public interface HitRates {

    /**
     * Returns the rates of the groups with the most lookups. Among groups with equal lookups, those with the longest misses come first.
     */
    Rates by(RateBy by, BuildFilter filter, int limit);

    /**
     * Returns the rates over time.
     *
     * @param groups groups from {@link #by}; the result has one line for each, in this order
     * @param points number of spans of equal length, at least 1
     */
    List<Line> overTime(RateBy by, List<Group> groups, BuildFilter filter, Instant from, Instant until, int points);

    /**
     * A group of lookups.
     *
     * @param key name of the class, identity of the step, project, ID of the builder, or branch; or null if the build was uploaded without
     *     a host, or its branch is unknown
     * @param project project of a step, or null for other groupings
     */
    record Group(@Nullable String key, @Nullable String project) {}

    /**
     * A step as it was last seen.
     *
     * @param text instruction of the step
     * @param stage stage of the step, or null if there is only one
     */
    record Step(String text, @Nullable String stage, StepClass stepClass) {}

    /**
     * The hit rate of one group.
     *
     * @param step step of the group, or null for other groupings
     * @param builds number of builds with lookups for classes and steps, otherwise of all successful builds
     * @param missed accumulated time of the steps that missed
     */
    record Rate(Group group, @Nullable Step step, int builds, HitRate hitRate, Duration missed) {}

    /**
     * The rates of the first groups.
     *
     * @param groups number of all groups
     */
    record Rates(List<Rate> rates, int groups) {
        public Rates {
            rates = List.copyOf(rates);
        }
    }

    /**
     * One group over time.
     *
     * @param points points, oldest first; spans without lookups are left out
     */
    record Line(Group group, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /** The lookups of builds that started within a span of time. */
    record Point(Instant from, HitRate hitRate) {}
}
