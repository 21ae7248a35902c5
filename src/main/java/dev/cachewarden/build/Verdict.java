package dev.cachewarden.build;

import dev.cachewarden.build.analysis.Scenario;
import dev.cachewarden.build.analysis.cause.Comparison;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a build was, told from what missed first.
 *
 * @param reason in words
 * @param comparedWith the build it was compared with; null: there is none
 * @param miss null: nothing missed, or nothing can be said
 * @param saved what the cache saved, an estimate; null: nothing is known of what its steps cost
 */
public record Verdict(
        Scenario scenario,
        String reason,
        @Nullable BuildId comparedWith,
        @Nullable Miss miss,
        @Nullable Duration saved) {

    /** The step that missed first, by its instruction; null: none did, or no matter which it was, as of a first build. */
    public @Nullable String missedStep() {
        if (miss == null || !reason.startsWith(Comparison.FIRST_MISS)) {
            return null;
        }
        String step = reason.substring(Comparison.FIRST_MISS.length());
        return step.endsWith(". " + miss.text())
                ? step.substring(0, step.length() - ". ".length() - miss.text().length())
                : null;
    }

    /**
     * The first step that missed.
     *
     * @param step its number
     * @param cause name of the {@code MissCause}, such as {@code InputChanged}
     * @param text the cause in words
     * @param cascadeSteps how many missed only because of it, without itself
     * @param cost of it and the cascade
     * @param run the run of ours that deleted its record; null: none did, or it missed for something else
     */
    public record Miss(
            int step,
            String cause,
            String text,
            int cascadeSteps,
            Duration cost,
            @Nullable Long run) {}
}
