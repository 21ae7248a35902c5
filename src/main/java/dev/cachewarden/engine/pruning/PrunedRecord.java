package dev.cachewarden.engine.pruning;

import dev.cachewarden.buildcache.ByteSize;
import org.jspecify.annotations.Nullable;

/**
 * A record the builder reports gone.
 *
 * @param size as the builder reported it; null where the way of pruning does not tell it for each record
 */
public record PrunedRecord(String recordId, @Nullable ByteSize size) {}
