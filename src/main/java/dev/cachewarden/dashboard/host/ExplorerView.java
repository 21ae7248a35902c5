package dev.cachewarden.dashboard.host;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.host.WatchedHost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record explorer.
 *
 * @param q filter in its canonical form, or as entered if it is invalid
 * @param wrong reason why the filter is invalid, or null if it is valid
 * @param matching total of all records that match the filter, not only of this page
 * @param next cursor of the next page, or null if this is the last page
 * @param first whether this is the first page
 */
record ExplorerView(
        String q,
        @Nullable String wrong,
        String sort,
        boolean descending,
        Amount matching,
        List<Row> rows,
        @Nullable String next,
        boolean first,
        Choices choices) {

    /**
     * A record and its host.
     *
     * @param children number of child records
     */
    record Row(RecordLife life, WatchedHost host, int children) {}

    /** The values that can restrict the list. */
    record Choices(List<Facet> types, List<Facet> states, List<Facet> hosts) {

        static final Choices NONE = new Choices(List.of(), List.of(), List.of());
    }

    /**
     * A value that can restrict the list.
     *
     * @param count number of records that the list would contain
     * @param q filter with this value added, or removed if it is selected
     */
    record Facet(String name, long count, String q, boolean chosen) {}
}
