package dev.cachewarden.build.analysis.cause;

import dev.cachewarden.build.step.BuildStep;
import java.time.Duration;
import java.util.List;

/**
 * A step that the cache had not, though it had all the step depends on; and what came of it.
 *
 * @param cascade steps that had to run only because this one did, in the order of their numbers. Files they copy may have changed as well
 * @param cost of the cascade, without the step itself: what its steps took, one after another
 */
public record Miss(BuildStep step, MissCause cause, List<BuildStep> cascade, Duration cost) {

    public Miss {
        cascade = List.copyOf(cascade);
    }
}
