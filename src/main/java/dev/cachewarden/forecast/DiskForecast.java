package dev.cachewarden.forecast;

import dev.cachewarden.buildcache.DiskSpace;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The forecast for the disk of a host. Full means that no byte is free, including the blocks reserved for root.
 *
 * @param space space of the disk when the forecast was made, or null if unknown
 * @param basis null if there is no forecast
 * @param withoutPruning the outlook if nothing deletes from the cache
 * @param withPolicies the outlook with the automatic runs of the policy that prunes the host, or null if no policy does
 * @param withGarbageCollection the outlook with the builder's own garbage collection, or null if it has no limit for the whole cache
 * @param pace null unless the last 24 hours grew much faster than usual
 */
public record DiskForecast(
        Instant madeAt,
        @Nullable DiskSpace space,
        @Nullable Basis basis,
        Outlook withoutPruning,
        @Nullable Outlook withPolicies,
        @Nullable Outlook withGarbageCollection,
        @Nullable Pace pace) {}
