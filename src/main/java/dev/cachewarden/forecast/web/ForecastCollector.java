package dev.cachewarden.forecast.web;

import dev.cachewarden.forecast.DiskForecast;
import dev.cachewarden.forecast.Forecasts;
import dev.cachewarden.forecast.Outlook;
import dev.cachewarden.host.HostRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Exports the time until disks are full to Prometheus. A host without a date has no value. */
@Component
class ForecastCollector implements MultiCollector {

    private static final Logger LOG = LoggerFactory.getLogger(ForecastCollector.class);

    private static final String NAME = "cachewarden_disk_full_seconds";
    private static final String HELP =
            "Seconds until the disk is full if nothing is pruned, by quantile of the forecast.";

    private final HostRegistry hosts;
    private final Forecasts forecasts;
    private final InstantSource clock;

    @Autowired
    ForecastCollector(
            HostRegistry hosts, Forecasts forecasts, InstantSource clock, ObjectProvider<PrometheusRegistry> registry) {
        this(hosts, forecasts, clock);
        registry.ifAvailable(available -> available.register(this));
    }

    ForecastCollector(HostRegistry hosts, Forecasts forecasts, InstantSource clock) {
        this.hosts = hosts;
        this.forecasts = forecasts;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        try {
            var gauge = GaugeSnapshot.builder().name(NAME).help(HELP);
            boolean any = add(gauge);
            return any ? MetricSnapshots.of(gauge.build()) : MetricSnapshots.of();
        } catch (DataAccessException e) {
            LOG.warn("The metrics lack forecasts, because the database cannot be read: {}", e.getMessage());
            return MetricSnapshots.of();
        }
    }

    private boolean add(GaugeSnapshot.Builder gauge) {
        var latest = forecasts.latest();
        var now = clock.instant();
        boolean any = false;
        for (var host : hosts.all()) {
            DiskForecast forecast = latest.get(host.id());
            if (host.enabled() && forecast != null && forecast.withoutPruning() instanceof Outlook.Range range) {
                add(gauge, host.name(), "0.05", range.p5(), forecast.madeAt(), now);
                add(gauge, host.name(), "0.5", range.p50(), forecast.madeAt(), now);
                add(gauge, host.name(), "0.95", range.p95(), forecast.madeAt(), now);
                any = true;
            }
        }
        return any;
    }

    private static void add(
            GaugeSnapshot.Builder gauge,
            String host,
            String quantile,
            @Nullable Duration time,
            Instant madeAt,
            Instant now) {
        if (time != null) {
            long left = Math.max(0, Duration.between(now, madeAt.plus(time)).toSeconds());
            gauge.dataPoint(GaugeDataPointSnapshot.builder()
                    .value((double) left)
                    .labels(Labels.of("host", host, "quantile", quantile))
                    .build());
        }
    }
}
