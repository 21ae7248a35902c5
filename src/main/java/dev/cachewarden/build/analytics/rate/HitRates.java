package dev.cachewarden.build.analytics.rate;

import dev.cachewarden.build.BuildFilter;
import dev.cachewarden.build.analysis.HitRate;
import dev.cachewarden.build.step.StepClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hit rates of builds that ended well, told apart by something. What counts as a lookup is as with {@link HitRate}. */
public interface HitRates {

    /** Those with the most lookups first; of as many lookups those whose misses took longest. */
    Rates by(RateBy by, BuildFilter filter, int limit);

    /**
     * The same over time.
     *
     * @param groups of {@link #by}; a line for each, in this order
     * @param points how many spans of equal length, at least 1
     */
    List<Line> overTime(RateBy by, List<Group> groups, BuildFilter filter, Instant from, Instant until, int points);

    /**
     * What is counted together.
     *
     * @param key name of the class, identity of the step, project, id of the builder, or branch; null: sent without a host, or no branch is
     *     known
     * @param project of a step; null with all others
     */
    record Group(@Nullable String key, @Nullable String project) {}

    /**
     * A step as it was last seen.
     *
     * @param text its instruction
     * @param stage null: the only one
     */
    record Step(String text, @Nullable String stage, StepClass stepClass) {}

    /**
     * How often the cache had what one group looked for.
     *
     * @param step null unless steps are told apart
     * @param builds of classes and steps those that looked something up, else all that ended well
     * @param missed how long the steps took that missed, in sum
     */
    record Rate(Group group, @Nullable Step step, int builds, HitRate hitRate, Duration missed) {}

    /**
     * The first of them.
     *
     * @param groups how many there are in all
     */
    record Rates(List<Rate> rates, int groups) {
        public Rates {
            rates = List.copyOf(rates);
        }
    }

    /**
     * One group over time.
     *
     * @param points oldest first; times without lookups are left out
     */
    record Line(Group group, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }
    }

    /** Lookups of builds that started within a span of time. */
    record Point(Instant from, HitRate hitRate) {}
}
