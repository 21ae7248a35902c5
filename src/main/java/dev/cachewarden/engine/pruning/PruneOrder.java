package dev.cachewarden.engine.pruning;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import java.util.List;

/**
 * An order to delete records of one builder.
 *
 * @param engineId the engine the records were read from
 * @param recordIds children before their parents, without repeats, each a BuildKit id (lowercase letters and digits)
 */
public record PruneOrder(
        HostConnection connection, HostCapabilities capabilities, String engineId, List<String> recordIds) {
    public PruneOrder {
        recordIds = List.copyOf(recordIds);
        for (String id : recordIds) {
            // Ids are put into filters; anything but letters and digits could widen one.
            if (!CacheRecord.isBuildKitId(id)) {
                throw new IllegalArgumentException("'" + id + "' is not the id of a cache record; nothing was sent");
            }
        }
        if (recordIds.isEmpty()) {
            // To BuildKit a prune without a filter means: everything.
            throw new IllegalArgumentException("An order to prune must name at least one record; nothing was sent");
        }
    }
}
