package dev.cachewarden.forecast;

import java.time.Instant;

/**
 * The size of a cache at one reading.
 *
 * @param totalBytes size of all records
 * @param deletedBytes size of the records that prunes deleted since the reading before
 */
public record Level(Instant at, long totalBytes, long deletedBytes) {}
