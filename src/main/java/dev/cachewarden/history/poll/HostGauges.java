package dev.cachewarden.history.poll;

import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.UsageState;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Collects the gauges of one scrape. Gauges without a value are left out. */
final class HostGauges {

    private static final String HOST = "host";
    private static final String BUILDER = "builder";

    private final GaugeSnapshot.Builder up =
            gauge("cachewarden_host_up", "1 if the last reading of the host succeeded, 0 if it failed.");
    private final GaugeSnapshot.Builder readAt = gauge(
            "cachewarden_cache_read_timestamp_seconds",
            "Time of the last reading of the host's cache, in seconds since 1970.");
    private final GaugeSnapshot.Builder bytes = gauge(
            "cachewarden_cache_bytes",
            "Build cache size by record type and state. Reclaimable records are neither in use nor shared with an"
                    + " image.");
    private final GaugeSnapshot.Builder records =
            gauge("cachewarden_cache_records", "Number of cache records by record type and state.");
    private final GaugeSnapshot.Builder diskBytes =
            gauge("cachewarden_disk_bytes", "Size of the file system under the builder's data.");
    private final GaugeSnapshot.Builder diskFreeBytes = gauge(
            "cachewarden_disk_free_bytes", "Free space on that file system, including the space reserved for root.");
    private final List<GaugeSnapshot.Builder> all = List.of(up, readAt, bytes, records, diskBytes, diskFreeBytes);

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name(name).help(help);
    }

    void up(String host, boolean isUp) {
        set(up, isUp ? 1 : 0, HOST, host);
    }

    void readAt(String host, String builder, Instant at) {
        set(readAt, at.toEpochMilli() / 1000.0, HOST, host, BUILDER, builder);
    }

    void disk(String host, DiskSpace space) {
        set(diskBytes, (double) space.total().bytes(), HOST, host);
        set(diskFreeBytes, (double) space.free().bytes(), HOST, host);
    }

    /**
     * Adds the amounts of a cache. An empty cache gets a zero for reclaimable records of type regular, to distinguish it from an unknown
     * cache.
     */
    void cache(String host, String builder, CacheUsage usage) {
        if (usage.byType().isEmpty()) {
            amount(host, builder, RecordType.REGULAR, UsageState.RECLAIMABLE, Amount.NONE);
        }
        usage.byType()
                .forEach((type, states) ->
                        states.forEach((state, amount) -> amount(host, builder, type, state, amount)));
    }

    private void amount(String host, String builder, RecordType type, UsageState state, Amount amount) {
        String[] labels = {
            HOST,
            host,
            BUILDER,
            builder,
            "type",
            type.name(),
            "state",
            state.name().toLowerCase(Locale.ROOT)
        };
        set(bytes, (double) amount.size().bytes(), labels);
        set(records, (double) amount.records(), labels);
    }

    private static void set(GaugeSnapshot.Builder gauge, double value, String... labels) {
        gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(Labels.of(labels))
                .build());
    }

    MetricSnapshots snapshots() {
        var reported = all.stream()
                .map(GaugeSnapshot.Builder::build)
                .filter(gauge -> !gauge.getDataPoints().isEmpty());
        return MetricSnapshots.of(reported.toArray(MetricSnapshot[]::new));
    }
}
