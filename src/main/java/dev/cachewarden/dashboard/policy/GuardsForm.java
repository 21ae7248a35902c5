package dev.cachewarden.dashboard.policy;

import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.dashboard.run.Typed;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyDocument;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The guards of runs, as entered in the form. */
record GuardsForm(String waitForBuilds, String stopAfterFailures, String batchSize, String pauseBetweenBatches) {

    static final GuardsForm EMPTY = new GuardsForm("", "", "", "");

    static GuardsForm of(RunGuards guards) {
        return new GuardsForm(
                text(guards.waitForBuilds()),
                text(guards.stopAfterFailures()),
                text(guards.batchSize()),
                text(guards.pauseBetweenBatches()));
    }

    private static String text(@Nullable Duration duration) {
        return duration == null ? "" : Durations.exact(duration);
    }

    private static String text(@Nullable Integer number) {
        return number == null ? "" : number.toString();
    }

    static GuardsForm read(MultiValueMap<String, String> typed) {
        return new GuardsForm(
                Typed.text(typed, "waitForBuilds"),
                Typed.text(typed, "stopAfterFailures"),
                Typed.text(typed, "batchSize"),
                Typed.text(typed, "pauseBetweenBatches"));
    }

    PolicyDocument.Guards toInput() {
        return new PolicyDocument.Guards(waitForBuilds, stopAfterFailures, batchSize, pauseBetweenBatches);
    }
}
