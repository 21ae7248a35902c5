package dev.cachewarden.history;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.host.HostId;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records to list, and how. All conditions must hold; an absent one lets everything pass. Only records that are there.
 *
 * @param hosts empty: of all hosts
 * @param types empty: of all types
 * @param states empty: in all states
 * @param text found in the description or at the start of the id, whatever the case
 * @param minSize at least this large
 * @param unusedFor not used within this time before now; never used counts from its creation
 * @param sort by what, first the largest, latest or most
 * @param descending false: the other way round
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

    /** What a list of records can be in the order of; ties go by builder and id, so that paging is stable. */
    public enum Sort {
        SIZE,
        LAST_USED,
        CREATED,
        USES,
        TYPE
    }
}
