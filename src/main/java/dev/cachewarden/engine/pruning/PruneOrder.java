package dev.cachewarden.engine.pruning;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import java.util.List;

/**
 * An order to delete records of one builder.
 *
 * @param engineId ID of the engine that the records were read from
 * @param recordIds IDs of BuildKit (lowercase letters and digits), children before their parents, without duplicates
 */
public record PruneOrder(
        HostConnection connection, HostCapabilities capabilities, String engineId, List<String> recordIds) {
    public PruneOrder {
        recordIds = List.copyOf(recordIds);
        for (String id : recordIds) {
            // IDs become part of filters; any character other than a letter or digit could widen a filter.
            if (!CacheRecord.isBuildKitId(id)) {
                throw new IllegalArgumentException("'" + id + "' is not a cache record ID; nothing was sent");
            }
        }
        if (recordIds.isEmpty()) {
            // Without a filter, BuildKit prunes everything.
            throw new IllegalArgumentException("A prune order must name at least one record; nothing was sent");
        }
    }
}
