package dev.cachewarden.prune;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy as somebody wrote it, not yet checked. A blank text is an absent one.
 *
 * @param name unique among policies
 * @param mode name of a {@link PolicyMode}; absent: REPORT
 * @param scope conditions on labels such as {@code env=ci,team!=ml}; absent: every host
 * @param priority a whole number, the higher one wins; absent: 0
 * @param rules from the first to the last
 * @param pins filters; what passes any of them no rule may take
 * @param approveAbove runs of more bytes wait for a person; absent: none does
 * @param guards how gently its runs go about it
 */
public record PolicyInput(
        @Nullable String name,
        @Nullable String mode,
        boolean enabled,
        @Nullable String scope,
        @Nullable String priority,
        List<RuleInput> rules,
        List<String> pins,
        When when,
        CeilingInput ceiling,
        @Nullable String approveAbove,
        Guards guards) {

    public PolicyInput {
        rules = List.copyOf(rules);
        pins = List.copyOf(pins);
    }

    /** The same, doing nothing by itself. */
    public PolicyInput switchedOff() {
        return new PolicyInput(name, mode, false, scope, priority, rules, pins, when, ceiling, approveAbove, guards);
    }

    /**
     * How gently runs go about it; what is absent is as the service's settings have it.
     *
     * @param waitForBuilds such as {@code 10m}; {@code 0s}: not at all
     * @param stopAfterFailures a whole number of records that should be gone and are not
     * @param batchSize a whole number of records
     * @param pauseBetweenBatches such as {@code 5s}
     */
    public record Guards(
            @Nullable String waitForBuilds,
            @Nullable String stopAfterFailures,
            @Nullable String batchSize,
            @Nullable String pauseBetweenBatches) {

        public static final Guards NONE = new Guards(null, null, null, null);
    }

    /**
     * What sets it off.
     *
     * @param cron five fields: minute, hour, day, month, weekday; absent: at no times
     * @param timeZone such as {@code Europe/Berlin}; absent: UTC
     * @param watermarkOf name of a {@link dev.cachewarden.prune.trigger.Watermark.Of}; absent: CACHE, where the others are there
     * @param watermarkStart such as {@code 80GB} or {@code 15%} of the disk; absent: no watermark
     * @param watermarkStop likewise
     * @param window such as {@code 22:00-06:00}; absent: at any time
     */
    public record When(
            @Nullable String cron,
            @Nullable String timeZone,
            @Nullable String watermarkOf,
            @Nullable String watermarkStart,
            @Nullable String watermarkStop,
            boolean afterBuilds,
            @Nullable String window) {

        public static final When BY_HAND = cron(null, null);

        public static When cron(@Nullable String cron, @Nullable String timeZone) {
            return new When(cron, timeZone, null, null, null, false, null);
        }
    }
}
