package dev.cachewarden.engine.pruning;

import dev.cachewarden.buildcache.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * A record that the builder reports as deleted.
 *
 * @param size as reported by the builder, or null if the method does not report the size of each record
 */
public record PrunedRecord(String recordId, @Nullable ByteSize size) {}
