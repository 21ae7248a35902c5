package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What pages say of free disks, known or not. */
class DiskPagesIntegrationTests extends PageStage {

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
}
