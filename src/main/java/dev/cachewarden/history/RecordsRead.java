package dev.cachewarden.history;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/**
 * A builder was read, and the reading is stored: for those who keep something of its records in memory. Published by the thread that read
 * them, which waits for all listeners; most readings change nothing, so look at the fingerprint first.
 *
 * @param fingerprint of all the records
 */
public record RecordsRead(BuilderId builder, Instant takenAt, UUID fingerprint, Collection<CacheRecord> records) {}
