package dev.cachewarden.prune;

import dev.cachewarden.prune.plan.rule.RunGuards;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How plans and runs are handled.
 *
 * @param enabled whether this replica starts runs and fires policies; plans can be made either way
 * @param countdown how long a run started by hand can be called off before it begins
 * @param batchSize most records handed to a builder in one call; a stop takes effect between two
 * @param pauseBetweenBatches time given to builds between two calls
 * @param waitForBuilds how long a run waits for running builds before it deletes; then it goes on beside them
 * @param stopAfterFailures a run ends once so many records that it handed over should be gone and are not
 * @param planValidFor how old a plan may be when its run begins
 * @param deadAfter a run whose replica has not been heard of for this long is taken over and closed
 * @param verifyFor how long to go on trying to read back what a run did, while its host does not answer
 * @param keepPlans how long plans that were never run are kept
 * @param keepRuns how long runs are kept, with their plans
 * @param tick pause between two looks for something to do
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
            throw new IllegalArgumentException("cachewarden.prune.countdown is negative: " + countdown);
        }
        if (batchSize < 1 || batchSize > RunGuards.LARGEST_BATCH) {
            throw new IllegalArgumentException("cachewarden.prune.batch-size is from 1 to 10000, not " + batchSize);
        }
        if (stopAfterFailures < 1) {
            throw new IllegalArgumentException(
                    "cachewarden.prune.stop-after-failures is at least 1, not " + stopAfterFailures);
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

    /** As they are when nobody sets them. */
    public static PruneSettings defaults() {
        return new PruneSettings(
                true,
                Duration.ofSeconds(10),
                500,
                Duration.ZERO,
                Duration.ZERO,
                50,
                Duration.ofDays(1),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofDays(7),
                Duration.ofDays(365),
                Duration.ofSeconds(1));
    }

    /** How gently runs go about it where their policy does not say. */
    public RunGuards guards() {
        return new RunGuards(waitForBuilds, stopAfterFailures, batchSize, pauseBetweenBatches);
    }

    private static void withinADay(String name, Duration value) {
        if (value.isNegative() || value.compareTo(RunGuards.LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("cachewarden.prune." + name + " is from zero to a day, not " + value);
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("cachewarden.prune." + name + " must be more than zero, not " + value);
        }
    }
}
