package dev.cachewarden.build.analysis.size;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Once that builds used what a cache record holds, or made it.
 *
 * @param content stays the same when the record is deleted and made again, as its own id does not
 * @param size what it takes in the cache
 * @param rebuild how long it takes to make it again; null where that is not known
 * @param madeAgain whether it was made then, and is only taken for the same as what had been there before
 */
public record RecordUse(
        String content, ByteSize size, Instant at, @Nullable Duration rebuild, boolean madeAgain) {

    /** Of what is known to be the same. */
    public RecordUse(String content, ByteSize size, Instant at, @Nullable Duration rebuild) {
        this(content, size, at, rebuild, false);
    }
}
