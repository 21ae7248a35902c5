package dev.cachewarden.history.poll;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.store.BuilderReading;
import dev.cachewarden.history.store.ReadingStore;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.HistoryContext;
import dev.cachewarden.testing.TestDatabase;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Prometheus is told of hosts and caches, as it reads it. */
class CacheCollectorTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");

    @RegisterExtension
    static final HistoryContext context = HistoryContext.at("2026-03-08T12:00:00Z");

    private final FakeHosts hosts = FakeHosts.leadingTo("engine-1", "engine-2");

    @BeforeEach
    void twoHosts() {
        context.clear();
        context.addBuilder("host-1");
        context.addBuilder("host-2");
    }

    @Test
    void reportsCachesByTypeAndState() {
        read(
                NOON,
                aRecord("a").bytes(1_000).build(),
                aRecord("b").bytes(500).build(),
                aRecord("c").bytes(7).shared().build());

        assertThat(scrape(NOON))
                .contains("cachewarden_host_up{host=\"host-1\"} 1.0")
                .contains(
                        "cachewarden_cache_bytes{builder=\"default\",host=\"host-1\",state=\"reclaimable\",type=\"regular\"} 1500.0")
                .contains("state=\"shared\",type=\"regular\"} 7.0")
                .contains(
                        "cachewarden_cache_records{builder=\"default\",host=\"host-1\",state=\"reclaimable\",type=\"regular\"} 2.0")
                .contains("cachewarden_cache_read_timestamp_seconds{builder=\"default\",host=\"host-1\"} 1.7729712E9");
    }

    @Test
    void distinguishesAnEmptyCacheFromAnUnknownOne() {
        read(NOON);

        assertThat(scrape(NOON))
                .contains(
                        "cachewarden_cache_bytes{builder=\"default\",host=\"host-1\",state=\"reclaimable\",type=\"regular\"} 0.0")
                .doesNotContain("host-2");
    }

    @Test
    void omitsTheSizesOfAStaleSnapshot() {
        read(NOON, aRecord("a").build());

        assertThat(scrape(NOON.plus(Duration.ofHours(1))))
                .contains("cachewarden_cache_read_timestamp_seconds{builder=\"default\",host=\"host-1\"} 1.7729712E9")
                .doesNotContain("cachewarden_cache_bytes{", "cachewarden_cache_records{");
    }

    @Test
    void reportsAnUnreachableHostAsDownWithoutSizes() {
        read(NOON, aRecord("a").build());
        hosts.recordUnreachable(new HostId(1), new HostProblem(HostProblem.Cause.NO_ROUTE, "Nobody listens."));

        assertThat(scrape(NOON))
                .contains("cachewarden_host_up{host=\"host-1\"} 0.0")
                .doesNotContain("cachewarden_cache_bytes{");
    }

    @Test
    void reportsKnownDisksOnly() {
        var space = new DiskSpace(new ByteSize(1_000), new ByteSize(250));
        hosts.recordDisk(new HostId(1), new DiskSource.LocalFileSystem(), new DiskReading.Known(NOON, space));
        hosts.recordDisk(
                new HostId(2), new DiskSource.LocalFileSystem(), new DiskReading.Unknown(NOON, "Not seen from here."));

        assertThat(scrape(NOON))
                .contains("cachewarden_disk_bytes{host=\"host-1\"} 1000.0")
                .contains("cachewarden_disk_free_bytes{host=\"host-1\"} 250.0")
                .doesNotContain("host-2");
    }

    @Test
    void returnsNoMetricsWhileTheDatabaseIsUnavailable() {
        var closed = HistoryContext.on(TestDatabase.create(), NOON.toString());
        var collector = new CacheCollector(hosts, closed.get(UsageHistory.class), () -> NOON);
        closed.close();

        assertThat(collector.collect()).isEmpty();
    }

    private void read(Instant at, CacheRecord... records) {
        var reading = BuilderReading.of(new HostId(1), new BuilderId(1), at, Duration.ofMillis(9), List.of(records));
        context.get(ReadingStore.class).store(reading, true);
        hosts.recordReachable(new HostId(1));
    }

    private String scrape(Instant now) {
        var registry = new PrometheusRegistry();
        registry.register(new CacheCollector(hosts, context.get(UsageHistory.class), () -> now));
        var text = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(text, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }
}
