package dev.cachewarden.history.poll;

import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.Builder;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Exports hosts and their caches to Prometheus. It reads the store at each scrape. All replicas therefore export the same values, and a
 * removed host is missing from the next scrape.
 *
 * <p>It exports no outdated sizes. A host that is unreachable or was last read too long ago has only {@code cachewarden_host_up} and the
 * time of its last reading.
 */
@Component
class CacheCollector implements MultiCollector {

    private static final Logger LOG = LoggerFactory.getLogger(CacheCollector.class);

    private final HostRegistry hosts;
    private final UsageHistory history;
    private final InstantSource clock;

    @Autowired
    CacheCollector(
            HostRegistry hosts,
            UsageHistory history,
            InstantSource clock,
            ObjectProvider<PrometheusRegistry> registry) {
        this(hosts, history, clock);
        registry.ifAvailable(available -> available.register(this));
    }

    CacheCollector(HostRegistry hosts, UsageHistory history, InstantSource clock) {
        this.hosts = hosts;
        this.history = history;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        try {
            return known();
        } catch (DataAccessException e) {
            // The metrics of the service itself are most important while its database is unavailable.
            LOG.warn("The metrics lack hosts and caches, because the database cannot be read: {}", e.getMessage());
            return MetricSnapshots.of();
        }
    }

    private MetricSnapshots known() {
        var now = clock.instant();
        var latest = history.latest();
        var gauges = new HostGauges();
        for (var host : hosts.all()) {
            if (!host.enabled()) {
                continue;
            }
            addReachability(host, gauges);
            if (DiskMeter.last(host, now) instanceof DiskReading.Known known) {
                gauges.disk(host.name(), known.space());
            }
            for (var builder : host.builders()) {
                var sample = latest.get(builder.id());
                if (sample != null) {
                    addSample(host, builder, sample, now, gauges);
                }
            }
        }
        return gauges.snapshots();
    }

    private static void addReachability(WatchedHost host, HostGauges gauges) {
        switch (host.reachability()) {
            case Reachability.Reachable up -> gauges.up(host.name(), true);
            case Reachability.Unreachable down -> gauges.up(host.name(), false);
            case Reachability.Unknown unknown -> {}
        }
    }

    private static void addSample(
            WatchedHost host, Builder builder, UsageSample sample, Instant now, HostGauges gauges) {
        gauges.readAt(host.name(), builder.name(), sample.takenAt());
        boolean fresh = !sample.takenAt()
                .plus(UsageHistory.staleAfter(host.pollInterval()))
                .isBefore(now);
        if (fresh && host.reachability() instanceof Reachability.Reachable) {
            gauges.cache(host.name(), builder.name(), sample.usage());
        }
    }
}
