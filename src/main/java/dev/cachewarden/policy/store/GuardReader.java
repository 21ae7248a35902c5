package dev.cachewarden.policy.store;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyDocument.Guards;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** A parser for the guards of a policy. */
final class GuardReader {

    private GuardReader() {}

    /** Parses the guards. Adds a problem for each invalid value, and leaves it absent. */
    static RunGuards guards(Guards guards, InputProblems problems) {
        return new RunGuards(
                problems.read(
                        "guards.waitForBuilds",
                        guards.waitForBuilds(),
                        text -> wait(text, ChronoUnit.SECONDS, "seconds")),
                problems.read(
                        "guards.stopAfterFailures",
                        guards.stopAfterFailures(),
                        text -> count(text, 999_999_999, "number of failures; use a whole number of at least 1")),
                problems.read(
                        "guards.batchSize",
                        guards.batchSize(),
                        text -> count(
                                text,
                                RunGuards.LARGEST_BATCH,
                                "batch size; use a whole number from 1 to " + RunGuards.LARGEST_BATCH)),
                problems.read(
                        "guards.pauseBetweenBatches",
                        guards.pauseBetweenBatches(),
                        text -> wait(text, ChronoUnit.MILLIS, "milliseconds")));
    }

    /**
     * Parses a duration.
     *
     * @param finest the unit of storage; a finer duration is rejected, because it would be truncated
     */
    private static Duration wait(String text, ChronoUnit finest, String words) {
        var duration = Durations.parse(text);
        if (duration.compareTo(RunGuards.LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("'" + text + "' exceeds the maximum of 1 day");
        }
        if (!duration.truncatedTo(finest).equals(duration)) {
            throw new IllegalArgumentException("'" + text + "' is too precise; use whole " + words);
        }
        return duration;
    }

    private static int count(String text, int most, String words) {
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("'" + text + "' is not a valid " + words);
        }
        return Integer.parseInt(text);
    }
}
