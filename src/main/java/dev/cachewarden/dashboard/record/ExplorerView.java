package dev.cachewarden.dashboard.record;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.host.WatchedHost;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The record explorer.
 *
 * @param q the filter in its usual form, or as typed where it cannot be read
 * @param wrong why the filter cannot be read; null: it can
 * @param matching all that pass the filter, not only this part
 * @param next cursor of the following part; null: this is the last
 * @param first whether this is the first part
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
        List<Facet> types,
        List<Facet> states,
        List<Facet> hosts) {

    /**
     * A record and the host it lies on.
     *
     * @param children how many records build on it
     */
    record Row(RecordLife life, WatchedHost host, int children) {}

    /**
     * A value that the list can be narrowed to, or is.
     *
     * @param count records there would be
     * @param q the filter with this value added, or taken away where it is chosen
     */
    record Facet(String name, long count, String q, boolean chosen) {}
}
