package dev.cachewarden.prune.plan.rule;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How gently a run goes about it. What is absent is as the service's settings have it.
 *
 * @param waitForBuilds how long to wait for running builds to let go of the cache before anything is deleted; zero: not at all
 * @param stopAfterFailures a run ends once so many records that it handed over should be gone and are not
 * @param batchSize most records handed to the builder in one call
 * @param pauseBetweenBatches time given to builds between two calls; zero: none
 */
public record RunGuards(
        @Nullable Duration waitForBuilds,
        @Nullable Integer stopAfterFailures,
        @Nullable Integer batchSize,
        @Nullable Duration pauseBetweenBatches) {

    /** The builder holds its lock for a batch: about 2 ms a record. */
    public static final int LARGEST_BATCH = 10_000;

    /** A run that waits keeps every other from its engine. */
    public static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** All as the settings have it. */
    public static final RunGuards NONE = new RunGuards(null, null, null, null);

    public RunGuards {
        withinADay("waitForBuilds", waitForBuilds);
        withinADay("pauseBetweenBatches", pauseBetweenBatches);
        if (stopAfterFailures != null && stopAfterFailures < 1) {
            throw new IllegalArgumentException("stopAfterFailures is at least 1, not " + stopAfterFailures);
        }
        if (batchSize != null && (batchSize < 1 || batchSize > LARGEST_BATCH)) {
            throw new IllegalArgumentException("batchSize is from 1 to " + LARGEST_BATCH + ", not " + batchSize);
        }
    }

    private static void withinADay(String name, @Nullable Duration value) {
        if (value != null && (value.isNegative() || value.compareTo(LONGEST_WAIT) > 0)) {
            throw new IllegalArgumentException(name + " is from zero to a day, not " + value);
        }
    }

    /** These, and what is absent from others. */
    public RunGuards or(RunGuards others) {
        return new RunGuards(
                waitForBuilds == null ? others.waitForBuilds : waitForBuilds,
                stopAfterFailures == null ? others.stopAfterFailures : stopAfterFailures,
                batchSize == null ? others.batchSize : batchSize,
                pauseBetweenBatches == null ? others.pauseBetweenBatches : pauseBetweenBatches);
    }
}
