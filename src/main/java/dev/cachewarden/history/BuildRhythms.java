package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How builds use caches, told from the uses that were seen. */
public interface BuildRhythms {

    /** Empty where no use was seen since. */
    Optional<BuildRhythm> of(BuilderId builder, Instant since);

    /**
     * How builds use one cache. Uses within one clock hour count as one build: engines tell uses, not builds.
     *
     * @param largest bytes of the records, shared ones aside, that the most demanding hour used
     * @param usualGap the median from one hour with uses to the next; null: there was only one
     */
    record BuildRhythm(ByteSize largest, @Nullable Duration usualGap) {}
}
