package dev.cachewarden.build.analysis;

import dev.cachewarden.build.steps.BuildStep;
import java.time.Instant;
import java.util.Optional;

/** A lookup of deleted cache records. */
@FunctionalInterface
public interface CacheLosses {

    /** A lookup that knows of no deleted record. */
    CacheLosses NONE = (step, after, before) -> Optional.empty();

    /**
     * Returns how the builder lost the result of this step of an earlier build, or empty if no loss is known. The loss is after the first
     * time and not after the second. If there were several losses, the last one counts.
     */
    Optional<CacheLoss> lossOf(BuildStep step, Instant after, Instant before);
}
