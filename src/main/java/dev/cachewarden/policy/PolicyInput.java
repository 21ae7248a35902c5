package dev.cachewarden.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy as entered by a user, not yet validated. Blank text counts as absent.
 *
 * @param name unique among policies
 * @param mode the name of a {@link PolicyMode}; REPORT if absent
 * @param scope conditions on labels, such as {@code env=ci,team!=ml}; every host if absent
 * @param priority a whole number, the highest priority wins; 0 if absent
 * @param rules the rules, in order
 * @param pins the filters of the pins; no rule deletes a record that matches one of them
 * @param approveAbove a run that deletes more bytes waits for approval; no run waits if absent
 * @param guards the guards of its runs
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

    /** Returns a disabled copy of this policy. */
    public PolicyInput switchedOff() {
        return new PolicyInput(name, mode, false, scope, priority, rules, pins, when, ceiling, approveAbove, guards);
    }

    /**
     * The guards of a policy's runs. The settings of the service supply absent values.
     *
     * @param waitForBuilds such as {@code 10m}; {@code 0s} does not wait
     * @param stopAfterFailures the whole number of failed deletions after which a run stops
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
     * The triggers of a policy.
     *
     * @param cron five fields: minute, hour, day, month, weekday; no schedule if absent
     * @param timeZone such as {@code Europe/Berlin}; UTC if absent
     * @param watermarkOf the name of a {@link dev.cachewarden.policy.Watermark.Of}; CACHE if absent and the watermark is given
     * @param watermarkStart such as {@code 80GB} or {@code 15%} of the disk; no watermark if absent
     * @param watermarkStop in the same form as {@code watermarkStart}
     * @param window the maintenance window, such as {@code 22:00-06:00}; any time if absent
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
