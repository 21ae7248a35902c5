package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.forecast.Basis;
import dev.cachewarden.forecast.DiskForecast;
import dev.cachewarden.forecast.FakeForecasts;
import dev.cachewarden.forecast.Outlook;
import dev.cachewarden.forecast.Pace;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.WatchedHost;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What pages say of free disks, known or not. */
class DiskPagesIntegrationTests extends PageStage {

    @Autowired
    private FakeForecasts forecasts;

    @Autowired
    private FakeHosts hosts;

    @BeforeEach
    void noForecasts() {
        forecasts.latest.clear();
    }

    @Test
    void testShowsTheDiskSpace() {
        var client = signedIn("ann");

        var local = client.submit("/hosts/new", "/hosts", "name", "x", "address", "tcp://good:2375", "action", "test");
        assertThat(local.body()).contains("<p>Disk: ", "231.0 GiB", "500.0 GiB");
        var exporter = client.submit(
                "/hosts/new",
                "/hosts",
                "name",
                "x",
                "address",
                "tcp://good:2375",
                "freeDiskFrom",
                "http://good:9100/metrics",
                "action",
                "test");
        assertThat(exporter.body())
                .contains("Free disk space unknown.", "http://good:9100/metrics refused the connection.")
                .contains("value=\"http://good:9100/metrics\"");
    }

    @Test
    void hostShowsItsDiskOrWhyItIsUnknown() {
        var client = signedIn("ann");

        assertThat(client.get("/hosts/1").body())
                .contains("54% full", "Local file system")
                .doesNotContain("Free disk space unknown");
        assertThat(client.get("/hosts/5").body())
                .contains(
                        "Free disk space unknown",
                        "http://gpu-node-7.internal:9100/metrics refused the connection. Check that node_exporter"
                                + " is running",
                        "rules and watermarks for free disk space have no effect on this host");
        assertThat(client.get("/hosts/3").body())
                .contains("None. Cachewarden cannot access the local data directory, and no other source is set.");
    }

    @Test
    void planShowsItsDiskOrThatItIsUnknown() {
        var client = signedIn("ann");

        assertThat(client.get("/plans/1").body()).contains("Disk space at ", "231.0 GiB", "500.0 GiB");
        assertThat(client.get("/plans/2").body())
                .contains(
                        "The free disk space was unknown. Rules that depend on it delete nothing.",
                        "http://ci:9100/metrics refused the connection.");
        assertThat(client.get("/plans/3").body()).doesNotContain("Disk space at", "The free disk space was unknown");
    }

    @Test
    void hostShowsItsForecastWithItsBasisAndTrackRecord() {
        var gib = new ByteSize(18L << 30);
        forecasts.latest.put(
                new HostId(1),
                new DiskForecast(
                        Fleets.NOW.minus(Duration.ofMinutes(20)),
                        null,
                        new Basis(28, 672, 2, gib, gib, null),
                        new Outlook.Range(Duration.ofDays(3), Duration.ofDays(4), Duration.ofDays(6)),
                        new Outlook.NotWithin(Outlook.FAR),
                        new Outlook.None(Outlook.Reason.HELD, "Garbage collection holds the cache at 200.0 GiB."),
                        new Pace(gib, 3.2, Duration.ofHours(19))));

        assertThat(signedIn("vera").get("/hosts/1").body())
                .contains(
                        "Usually full in 3 to 6 days.",
                        "Not full within 30 days.",
                        "Garbage collection holds the cache at 200.0 GiB.",
                        "From 28 days (2 with gaps): the cache grows by 18.0 GiB per working day",
                        "The last 24 hours grew 3 times faster than usual (18.0 GiB). At that pace, the disk is full"
                                + " in 19 hours.",
                        "16 of the last 20 forecasts held.");
    }

    @Test
    void hostWithoutAForecastShowsWhy() {
        var client = signedIn("vera");
        assertThat(client.get("/hosts/1").body()).contains("No forecast yet.");

        var none = new Outlook.None(Outlook.Reason.STALE, "No forecast: the last snapshot is 3 hours old.");
        forecasts.latest.put(new HostId(1), new DiskForecast(Fleets.NOW, null, null, none, null, null, null));
        assertThat(client.get("/hosts/1").body())
                .contains("No forecast: the last snapshot is 3 hours old.")
                .doesNotContain("No forecast yet.");
    }

    @Test
    void hostWhoseDiskIsSoonFullNeedsAttention() {
        var soon = new Outlook.Range(Duration.ofHours(4), Duration.ofHours(9), Duration.ofHours(20));
        forecasts.latest.put(new HostId(1), new DiskForecast(Fleets.NOW, null, null, soon, null, null, null));
        var client = signedIn("vera");

        // More than 40% of the disk is free, so the forecast alone is no reason.
        assertThat(client.get("/hosts").body()).doesNotContain("Full soon");

        freeOf(new HostId(1), "150GiB");
        assertThat(client.get("/hosts").body()).contains("Full soon");
        assertThat(client.get("/").body())
                .contains("Without pruning, the disk is soon full. Usually full in 4 to 20 hours.");
    }

    private void freeOf(HostId id, String free) {
        var host = hosts.find(id).orElseThrow();
        var space = new DiskSpace(ByteSize.parse("500GiB"), ByteSize.parse(free));
        hosts.put(new WatchedHost(
                id,
                host.connection(),
                host.labels(),
                host.pollInterval(),
                true,
                host.engineId(),
                host.capabilities(),
                host.reachability(),
                host.builders(),
                host.configFile(),
                new DiskReading.Known(Fleets.NOW, space)));
    }
}
