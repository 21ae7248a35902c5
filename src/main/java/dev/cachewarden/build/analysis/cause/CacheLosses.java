package dev.cachewarden.build.analysis.cause;

import dev.cachewarden.build.step.BuildStep;
import java.time.Instant;
import java.util.Optional;

/** What is known of cache records that are gone. */
@FunctionalInterface
public interface CacheLosses {

    /** Where nothing is known. */
    CacheLosses NONE = (step, after, before) -> Optional.empty();

    /**
     * How the builder lost what an earlier build had made in this step, after one time and not after another; the last time if it did so
     * several times.
     */
    Optional<CacheLoss> lossOf(BuildStep step, Instant after, Instant before);
}
