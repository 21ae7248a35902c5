package dev.cachewarden.analytics;

import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A build's use or creation of a cache record.
 *
 * @param content identifies the content. It stays the same when the record is deleted and created again, unlike the ID of the record
 * @param size size of the record in the cache
 * @param rebuild time it takes to create the record again, or null if unknown
 * @param madeAgain whether the record was created at this time, and is only assumed to equal an earlier record
 */
public record RecordUse(
        String content, ByteSize size, Instant at, @Nullable Duration rebuild, boolean madeAgain) {

    /** Creates a use of a record that is known to be the same. */
    public RecordUse(String content, ByteSize size, Instant at, @Nullable Duration rebuild) {
        this(content, size, at, rebuild, false);
    }
}
