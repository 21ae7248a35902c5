package dev.cachewarden.planner;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The guards that limit the impact of a run on builds. The settings of the service supply absent values.
 *
 * @param waitForBuilds the longest wait for running builds to release the cache before the run deletes; with zero it does not wait
 * @param stopAfterFailures the run stops after this many failed deletions, which are records passed to the builder that still exist
 * @param batchSize the most records that one call passes to the builder
 * @param pauseBetweenBatches the pause between two calls, which leaves time for builds; with zero there is none
 */
public record RunGuards(
        @Nullable Duration waitForBuilds,
        @Nullable Integer stopAfterFailures,
        @Nullable Integer batchSize,
        @Nullable Duration pauseBetweenBatches) {

    /** The largest batch. The builder holds its lock for a batch: about 2 ms per record. */
    public static final int LARGEST_BATCH = 10_000;

    /** The longest wait. A run that waits blocks every other run on its engine. */
    public static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** Guards whose values all come from the settings. */
    public static final RunGuards NONE = new RunGuards(null, null, null, null);

    public RunGuards {
        withinADay("waitForBuilds", waitForBuilds);
        withinADay("pauseBetweenBatches", pauseBetweenBatches);
        if (stopAfterFailures != null && stopAfterFailures < 1) {
            throw new IllegalArgumentException("stopAfterFailures must be at least 1, not " + stopAfterFailures);
        }
        if (batchSize != null && (batchSize < 1 || batchSize > LARGEST_BATCH)) {
            throw new IllegalArgumentException("batchSize must be from 1 to " + LARGEST_BATCH + ", not " + batchSize);
        }
    }

    private static void withinADay(String name, @Nullable Duration value) {
        if (value != null && (value.isNegative() || value.compareTo(LONGEST_WAIT) > 0)) {
            throw new IllegalArgumentException(name + " must be between zero and one day, not " + value);
        }
    }

    /** Returns these guards, with absent values from the others. */
    public RunGuards or(RunGuards others) {
        return new RunGuards(
                waitForBuilds == null ? others.waitForBuilds : waitForBuilds,
                stopAfterFailures == null ? others.stopAfterFailures : stopAfterFailures,
                batchSize == null ? others.batchSize : batchSize,
                pauseBetweenBatches == null ? others.pauseBetweenBatches : pauseBetweenBatches);
    }
}
