package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import java.time.Duration;
import java.util.List;

/**
 * A step that missed the cache although no step that it depends on missed, with the consequences.
 *
 * @param cascade downstream steps that had to run only because of this miss, in the order of their numbers. Files that they copy may have
 *     changed as well
 * @param cost accumulated time of the cascade, without the step itself
 */
public record Miss(BuildStep step, MissCause cause, List<BuildStep> cascade, Duration cost) {

    public Miss {
        cascade = List.copyOf(cascade);
    }
}
