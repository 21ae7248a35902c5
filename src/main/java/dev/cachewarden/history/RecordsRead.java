package dev.cachewarden.history;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/**
 * An event: a builder was read, and the reading is stored. It is for listeners that cache properties of the records in memory. The thread
 * that read them publishes it and waits for all listeners. Most readings change nothing, so a listener should check the fingerprint first.
 *
 * @param fingerprint hash of all the records
 */
public record RecordsRead(BuilderId builder, Instant takenAt, UUID fingerprint, Collection<CacheRecord> records) {}
