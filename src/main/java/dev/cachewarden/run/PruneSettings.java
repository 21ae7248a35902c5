package dev.cachewarden.run;

import dev.cachewarden.planner.RunGuards;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings for plans and runs.
 *
 * @param enabled whether this replica starts policies and runs; plans can be made in both cases
 * @param countdown the time before a manual run begins, during which a user can cancel it
 * @param batchSize the most records that one call passes to a builder; cancellation takes effect between two calls
 * @param pauseBetweenBatches the pause between two calls, which leaves time for builds
 * @param waitForBuilds the longest wait for running builds before a run deletes; after that, the run starts while they run
 * @param stopAfterFailures a run stops after this many failed deletions, which are records passed to the builder that still exist
 * @param planValidFor the maximum age of a plan when its run begins
 * @param deadAfter after this time without a heartbeat of its replica, another replica takes a run over and closes it
 * @param verifyFor how long Cachewarden retries to verify a run while its host is unreachable
 * @param keepPlans the retention of plans that were never run
 * @param keepRuns the retention of runs and their plans
 * @param tick the interval between two checks for pending work
 */
@ConfigurationProperties("cachewarden.prune")
public record PruneSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("10s") Duration countdown,
        @DefaultValue("500") int batchSize,
        @DefaultValue("0s") Duration pauseBetweenBatches,
        @DefaultValue("0s") Duration waitForBuilds,
        @DefaultValue("50") int stopAfterFailures,
        @DefaultValue("1d") Duration planValidFor,
        @DefaultValue("20s") Duration deadAfter,
        @DefaultValue("1h") Duration verifyFor,
        @DefaultValue("7d") Duration keepPlans,
        @DefaultValue("365d") Duration keepRuns,
        @DefaultValue("1s") Duration tick) {

    public PruneSettings {
        if (countdown.isNegative()) {
            throw new IllegalArgumentException("cachewarden.prune.countdown must not be negative: " + countdown);
        }
        if (batchSize < 1 || batchSize > RunGuards.LARGEST_BATCH) {
            throw new IllegalArgumentException(
                    "cachewarden.prune.batch-size must be from 1 to 10000, not " + batchSize);
        }
        if (stopAfterFailures < 1) {
            throw new IllegalArgumentException(
                    "cachewarden.prune.stop-after-failures must be at least 1, not " + stopAfterFailures);
        }
        withinADay("pause-between-batches", pauseBetweenBatches);
        withinADay("wait-for-builds", waitForBuilds);
        positive("plan-valid-for", planValidFor);
        positive("dead-after", deadAfter);
        positive("verify-for", verifyFor);
        positive("keep-plans", keepPlans);
        positive("keep-runs", keepRuns);
        positive("tick", tick);
    }

    /** Returns default settings. */
    public static PruneSettings defaults() {
        return new PruneSettings(
                true,
                Duration.ofSeconds(10),
                500,
                Duration.ZERO,
                Duration.ZERO,
                50,
                Duration.ofDays(1),
                Duration.ofSeconds(20),
                Duration.ofHours(1),
                Duration.ofDays(7),
                Duration.ofDays(365),
                Duration.ofSeconds(1));
    }

    /** Returns the guards of runs whose policy does not define its own. */
    public RunGuards guards() {
        return new RunGuards(waitForBuilds, stopAfterFailures, batchSize, pauseBetweenBatches);
    }

    private static void withinADay(String name, Duration value) {
        if (value.isNegative() || value.compareTo(RunGuards.LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException(
                    "cachewarden.prune." + name + " must be between zero and one day, not " + value);
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("cachewarden.prune." + name + " must be more than zero, not " + value);
        }
    }
}
