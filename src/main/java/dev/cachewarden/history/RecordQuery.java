package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.host.HostId;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conditions and the order of a list of records. A record must match all conditions; an absent condition matches every record. The list
 * contains only records that still exist.
 *
 * @param hosts hosts of the records; empty matches all hosts
 * @param types types of the records; empty matches all types
 * @param states states of the records; empty matches all states
 * @param text text within the description or at the start of the id, ignoring case, or null
 * @param minSize minimum size, inclusive, or null
 * @param unusedFor minimum time since the last use, or since the creation of a record that was never used, or null
 * @param sort sort key
 * @param descending true lists the largest, latest, or most used records first; false reverses the order
 */
public record RecordQuery(
        Set<HostId> hosts,
        Set<RecordType> types,
        Set<UsageState> states,
        @Nullable String text,
        @Nullable ByteSize minSize,
        @Nullable Duration unusedFor,
        Sort sort,
        boolean descending) {

    public RecordQuery {
        hosts = Set.copyOf(hosts);
        types = Set.copyOf(types);
        states = Set.copyOf(states);
    }

    /** The sort keys of a list of records. Equal keys are ordered by builder and id, so that paging is stable. */
    public enum Sort {
        SIZE,
        LAST_USED,
        CREATED,
        USES,
        TYPE
    }
}
