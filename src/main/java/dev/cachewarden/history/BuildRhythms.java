package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The usage pattern of caches, derived from the recorded uses of their records. */
public interface BuildRhythms {

    /** Returns the usage pattern of a builder's cache, or empty if no use was recorded since the given time. */
    Optional<BuildRhythm> of(BuilderId builder, Instant since);

    /**
     * The usage pattern of one cache. Uses within one clock hour count as one build, because engines report uses and not builds.
     *
     * @param largest total size of the records that the most demanding hour used, without shared records
     * @param usualGap median gap between consecutive hours with uses, or null if there was only one such hour
     */
    record BuildRhythm(ByteSize largest, @Nullable Duration usualGap) {}
}
