package dev.cachewarden.forecast.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.forecast.Basis;
import dev.cachewarden.forecast.DiskForecast;
import dev.cachewarden.forecast.FakeForecasts;
import dev.cachewarden.forecast.Outlook;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostId;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.testing.FakeHosts;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** What CI jobs and Prometheus see of forecasts. */
class HeadroomControllerTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");
    private static final HostId HOST = new HostId(1);
    private static final long GIB = 1L << 30;

    private final FakeHosts hosts = FakeHosts.leadingTo("engine-1", "engine-2");
    private final FakeForecasts forecasts = new FakeForecasts();
    private final MockMvcTester http = MockMvcTester.of(new HeadroomController(hosts, forecasts, () -> NOON));

    private void diskIsHalfFull() {
        var space = new DiskSpace(new ByteSize(500 * GIB), new ByteSize(150 * GIB));
        hosts.recordDisk(HOST, DiskSource.LOCAL, new DiskReading.Known(NOON, space));
    }

    private void forecast(Outlook outlook) {
        var basis = new Basis(28, 672, 0, new ByteSize(18 * GIB), new ByteSize(2 * GIB), 0L);
        forecasts.latest.put(HOST, new DiskForecast(NOON.minusSeconds(1800), null, basis, outlook, null, null, null));
    }

    @Test
    void answersWithSpaceStateAndForecast() {
        diskIsHalfFull();
        forecast(new Outlook.Range(Duration.ofHours(4), Duration.ofHours(9), Duration.ofHours(20)));

        assertThat(http.get().uri("/api/v1/hosts/1/headroom"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"host":"host-1","state":"WARN",
                         "text":"150.0 GiB of 500.0 GiB is free. Usually full in 4 to 20 hours.",
                         "measuredAt":"2026-03-08T12:00:00Z",
                         "totalBytes":536870912000,"freeBytes":161061273600,"limitBytes":80530636800,
                         "forecast":{"madeAt":"2026-03-08T11:30:00Z",
                           "withoutPruning":{"p5":"PT4H","p50":"PT9H","p95":"PT20H","reason":null,
                             "text":"Usually full in 4 to 20 hours."},
                           "withPolicies":null,"withGarbageCollection":null,
                           "basis":"From 28 days: the cache grows by 18.0 GiB per working day and 2.0 GiB per weekend day.",
                           "pace":null,"checked":20,"held":16}}
                        """);
    }

    @Test
    void limitsCanBeGiven() {
        diskIsHalfFull();

        assertThat(http.get().uri("/api/v1/hosts/host-1/headroom?minFree=200GiB&within=2h"))
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("WARN");
        assertThat(http.get().uri("/api/v1/hosts/host-1/headroom?minFree=lots"))
                .failure()
                .rootCause()
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("minFree: 'lots' is not a size");
        assertThat(http.get().uri("/api/v1/hosts/host-1/headroom?within=soon"))
                .failure()
                .rootCause()
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("within: ");
    }

    @Test
    void textIsTheStateAndASentence() {
        diskIsHalfFull();
        forecast(new Outlook.NotWithin(Outlook.FAR));

        assertThat(http.get().uri("/api/v1/hosts/host-1/headroom").accept(MediaType.TEXT_PLAIN))
                .hasStatusOk()
                .bodyText()
                .isEqualTo("OK\nDisk of host-1: 150.0 GiB of 500.0 GiB is free. Not full within 30 days.\n");
    }

    @Test
    void unknownDiskAndHostAreNotOk() {
        assertThat(http.get().uri("/api/v1/hosts/2/headroom"))
                .bodyJson()
                .extractingPath("$.state")
                .isEqualTo("UNKNOWN");
        assertThat(http.get().uri("/api/v1/hosts/unknown/headroom"))
                .failure()
                .rootCause()
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no host unknown.");
    }

    @Test
    void metricsExistOnlyForKnownTimes() throws IOException {
        assertThat(scrape()).doesNotContain("cachewarden_disk_full_seconds");
        forecast(new Outlook.None(Outlook.Reason.NOT_GROWING, "No forecast."));
        assertThat(scrape()).doesNotContain("cachewarden_disk_full_seconds");

        forecast(new Outlook.Range(Duration.ofHours(4), Duration.ofHours(9), null));
        assertThat(scrape())
                .contains("cachewarden_disk_full_seconds{host=\"host-1\",quantile=\"0.05\"} 12600.0")
                .contains("cachewarden_disk_full_seconds{host=\"host-1\",quantile=\"0.5\"} 30600.0")
                .doesNotContain("0.95", "host-2");
    }

    private String scrape() throws IOException {
        var registry = new PrometheusRegistry();
        registry.register(new ForecastCollector(hosts, forecasts, () -> NOON));
        var text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, registry.scrape());
        return text.toString(StandardCharsets.UTF_8);
    }
}
