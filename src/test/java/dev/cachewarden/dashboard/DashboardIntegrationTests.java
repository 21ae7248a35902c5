package dev.cachewarden.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.access.AuditEntry;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.WatchedHost;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What people can do on the pages, without a script, and the words they read. */
class DashboardIntegrationTests extends PageStage {

    private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"(/[^\"#]*)");

    @Autowired
    AuditTrail trail;

    @Autowired
    FakeHosts hosts;

    @Autowired
    FakeDelays delays;

    @Test
    void everyLinkOnEveryPageLeadsSomewhere() {
        var client = signedIn("ann");
        var seen = new LinkedHashSet<String>();
        var waiting = new ArrayDeque<>(Arrays.asList("/", "/hosts", "/records", "/policies", "/runs", "/api"));
        var softly = new SoftAssertions();
        while (!waiting.isEmpty() && seen.size() < 400) {
            var path = waiting.remove();
            // Of records one look at each of a few is enough; each leads to more of its kind.
            long alike = seen.stream()
                    .filter(other -> kind(other).equals(kind(path)))
                    .count();
            if (alike >= 6 || !seen.add(path)) {
                continue;
            }
            var answer = client.get(path);
            softly.assertThat(answer.statusCode()).as(path).isEqualTo(200);
            LINK.matcher(answer.body())
                    .results()
                    .map(match -> match.group(1).replace("&amp;", "&"))
                    // Answered by the REST interface of other packages, which is not here.
                    .filter(link -> !link.startsWith("/api/v1/"))
                    .forEach(waiting::add);
        }
        softly.assertThat(seen).hasSizeGreaterThan(60);
        softly.assertAll();
    }

    private static String kind(String path) {
        return path.replaceAll("\\?.*", "?").replaceAll("/[0-9]+", "/1").replaceAll("/1/[a-z0-9]{20,}", "/1/id");
    }

    @Test
    void overviewListsFailedEngineSearchLocations() {
        fleets.clear();

        var body = signedIn("ann").get("/").body();

        assertThat(body)
                .contains("No hosts yet", "DOCKER_HOST", "The variable is not set.", "/var/run/docker.sock")
                .contains("docker version", "Add host", "Search again");
    }

    @Test
    void overviewShowsExcludedHostsAndHostProblems() {
        var body = signedIn("vera").get("/").body();

        assertThat(body)
                .contains("Totals exclude 1 host that has not reported yet.")
                .contains("builder-old did not respond within 20 s")
                .contains("The last snapshot is 3 h old. The poll interval is 1 min.")
                .contains("92% full");
    }

    @Test
    void anUnknownDiskIsNeitherHealthyNorNothing() {
        fleets.withoutDisks(5);

        var viewer = signedIn("vera");
        assertThat(viewer.get("/").body())
                .contains("Disk unknown: 5 hosts", "5 disk unknown", "/hosts?status=disk-unknown")
                .doesNotContain("healthy", "no disk is nearly full");
        assertThat(viewer.get("/hosts?status=disk-unknown").body()).contains("5 hosts", "○", "Disk unknown");
        assertThat(viewer.get("/hosts?status=ok").body()).contains("No matching hosts");
        assertThat(viewer.get("/hosts/1").body()).contains("so Cachewarden cannot warn about a full disk");
        assertThat(signedIn("ann").get("/hosts/1").body()).contains("Set free disk source");

        fleets.withoutDisks(1);
        assertThat(signedIn("ann").get("/").body())
                .contains("Disk unknown: 1 host", "href=\"/hosts/1/edit\"", "Set free disk source");
    }

    @Test
    void nothingNeedsAttentionOnlyIfAllDisksAreKnown() {
        fleets.healthy(3);

        assertThat(signedIn("vera").get("/").body())
                .contains("All hosts respond, and no disk is nearly full.", "3 healthy")
                .doesNotContain("Disk unknown");
    }

    /** Without disks every host has a shape, which is the most that a link is long. */
    @Test
    void overviewOfAThousandHostsHasALinkToEachAndIsLight() {
        fleets.withoutDisks(1_000);
        var first = hosts.find(new HostId(1)).orElseThrow();
        hosts.put(new WatchedHost(
                first.id(),
                new HostConnection(
                        "a\"><i>b&c", HostKind.DOCKER_ENGINE, first.connection().address()),
                first.labels(),
                first.pollInterval(),
                true,
                first.engineId(),
                first.capabilities(),
                first.reachability(),
                first.builders(),
                null,
                null));

        var body = signedIn("vera").get("/").body();

        assertThat(body.length()).isLessThan(150_000);
        assertThat(body.split("<a class=\"heat-[0-4] heat-disk-unknown\" href=\"/hosts/"))
                .hasSize(1_001);
        assertThat(body)
                .contains("title=\"a&quot;&gt;&lt;i&gt;b&amp;c, Disk unknown,")
                .doesNotContain("<i>b");

        fleets.many(60);
        assertThat(signedIn("vera").get("/").body())
                .containsPattern("<a class=\"heat-[0-4]\" href=\"/hosts/1\" title=\"builder-0001, Healthy,")
                .containsPattern(
                        "<a class=\"heat-[0-4] heat-bad\" href=\"/hosts/17\" title=\"builder-0017, Unreachable,");
    }

    @Test
    void hostThatWaitsForCachewardenIsDelayedAndNotStale() {
        assertThat(signedIn("vera").get("/hosts/4").body()).contains("Stale");
        delays.waiting.put(new HostId(4), Fleets.NOW.minusSeconds(90));
        delays.waiting.put(new HostId(1), Fleets.NOW.minusSeconds(1));
        try {
            var client = signedIn("vera");
            assertThat(client.get("/hosts/4").body())
                    .contains("Delayed", "Cachewarden is too busy to poll this host.")
                    .doesNotContain("Stale");
            assertThat(client.get("/hosts/1").body())
                    .as("its last snapshot is recent")
                    .doesNotContain("Delayed");
        } finally {
            delays.waiting.clear();
        }
    }

    @Test
    void hostIsTestedInWordsBeforeItIsSavedAndNothingIsSavedByTheTest() {
        var client = signedIn("ann");

        var bad = client.submit("/hosts/new", "/hosts", "name", "x", "address", "tcp://bad:2375", "action", "test");
        assertThat(bad.body())
                .contains("Connection failed", "Nobody listens at tcp://bad:2375")
                .contains("value=\"tcp://bad:2375\"");
        var good = client.submit("/hosts/new", "/hosts", "name", "x", "address", "tcp://good:2375", "action", "test");
        assertThat(good.body())
                .contains(
                        "Connection successful",
                        "Docker Engine 28.5.2, API 1.51, BuildKit 0.25.1",
                        "Nothing is saved yet");
        assertThat(hosts.all()).hasSize(6);
    }

    @Test
    void hostIsAddedChangedAndForgottenOnlyWhenItsNameIsTyped() {
        var client = signedIn("ann");

        var added = client.submit(
                "/hosts/new",
                "/hosts",
                "name",
                "new-one",
                "address",
                "tcp://good:2375",
                "labels",
                "env=ci\nsite=fra",
                "pollInterval",
                "30s",
                "enabled",
                "true");
        assertThat(location(added)).isEqualTo("/hosts/7");
        assertThat(unescaped(client.get("/hosts/7")))
                .contains("Host 'new-one' was added.", "site=fra", "Cachewarden has not completed a snapshot yet.");

        var wrong = client.submit("/hosts/7/delete", "/hosts/7/delete", "confirm", "new-two");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(unescaped(wrong)).contains("'new-two' is not the name of the host. Nothing was deleted.");
        assertThat(location(client.submit("/hosts/7/delete", "/hosts/7/delete", "confirm", "new-one")))
                .isEqualTo("/hosts");
        assertThat(hosts.all()).hasSize(6);
        assertThat(trail.entries(null, 2).items())
                .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::subject)
                .containsExactly(tuple("ann", "host.remove", "new-one"), tuple("ann", "host.add", "new-one"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            address      | 10.0.0.1     | '10.0.0.1' is not an address. For a Docker context, enter the address that docker context inspect shows. For a host, enter tcp://name:port
            address      | kube-pod://a | 'kube-pod://a' names a Kubernetes pod. Expose its buildkitd with TLS through a Service, and enter tcp://service:1234 with the type buildkitd
            address      | tcp://x      | 'tcp://x' has no port; Docker usually listens on 2375 (without TLS) or 2376 (with TLS), buildkitd on 1234
            address      | tcp://bad:1  | Nobody listens at tcp://bad:1. Is Docker running there, and is the address right?
            pollInterval | soon         | 'soon' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H
            labels       | ci           | must contain key=value pairs, but 'ci' is not one
            tlsCa        | /certs/a.pem | TLS requires all three files: ca, certificate, and key
            """)
    void invalidFieldShowsItsErrorAndFormKeepsItsValues(String field, String value, String words) {
        var values = new HashMap<String, String>();
        values.put("name", "given-back");
        values.put("address", "tcp://good:2375");
        values.put(field, value);

        var answer = signedIn("ann")
                .submit(
                        "/hosts/new",
                        "/hosts",
                        values.entrySet().stream()
                                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                                .toArray(String[]::new));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(unescaped(answer)).contains(words, "value=\"given-back\"");
        assertThat(hosts.all()).hasSize(6);
    }

    @Test
    void readNowShowsTheRecordCountOrTheProblem() {
        var client = signedIn("otto");

        assertThat(location(client.submit("/hosts/1", "/hosts/1/read"))).isEqualTo("/hosts/1");
        assertThat(client.get("/hosts/1").body()).contains("Snapshot taken: 300 records.");
        client.submit("/hosts/3", "/hosts/3/read");
        assertThat(client.get("/hosts/3").body()).contains("role=\"alert\">builder-old did not respond");
    }

    @Test
    void hostsWithoutLabelsHaveNoEmptyListOfThem() {
        var client = signedIn("vera");

        for (var path : List.of("/hosts", "/hosts/1", "/hosts/4")) {
            assertThat(client.get(path).body()).as(path).doesNotContainPattern("class=\"chips\"\\s*></span>");
        }
        assertThat(client.get("/hosts/1").body()).containsPattern("class=\"chips\"\\s*><a ");
    }

    @Test
    void hostShowsTheThreeSumsAndItsGarbageCollection() {
        assertThat(unescaped(signedIn("vera").get("/hosts/1")))
                .contains("docker buildx du", "records not in use, including shared records")
                .contains(
                        "Deletes records of type source.local, exec.cachemount, or source.git.checkout after 2 d without"
                                + " use, while the cache is larger than 2.6 GiB.")
                .contains("Deletes all records (including internal, frontend, and shared records), while the cache is"
                        + " larger than 75.0 GiB or less than 16.0 GiB of disk space is free, but keeps at least"
                        + " 20.0 GiB.");
    }

    @Test
    void recordsAreFilteredAndInvalidTokensReported() {
        var client = signedIn("vera");

        assertThat(client.get("/records?q=host:ci-frankfurt-01+type:source.local")
                        .body())
                .contains("<data value=\"43\">43</data> records")
                .contains("q=host:ci-frankfurt-01%20type:source.local&amp;sort=-size&amp;format=csv");
        assertThat(client.get("/records?q=type:regular+state:reclaimable").body())
                .containsPattern(">has (1 child|[0-9]+ children)</td>")
                .contains(">reclaimable</td>");
        assertThat(unescaped(client.get("/records?q=type:regular")))
                .contains("curl -H \"Authorization: Bearer $CACHEWARDEN_TOKEN\" 'http://localhost:" + port
                        + "/api/v1/records?q=type:regular&sort=-size'");
        var bad = client.get("/records?q=tpye:regular");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(unescaped(bad))
                .contains("'tpye:' is not a filter. Available filters: type:, size:, unused:, state:, and host:");
        var foreign = client.get("/records?after=abc");
        assertThat(unescaped(foreign)).contains("is not a cursor of this list");
    }

    @Test
    void recordShowsWhetherItCanBeDeleted() {
        var client = signedIn("vera");

        assertThat(client.get("/records/10/" + Fleets.id(1, 0)).body())
                .contains("This record can be deleted, and its deletion frees");
        assertThat(client.get("/records/10/" + Fleets.id(1, 6)).body())
                .contains("This record can be deleted only after its child.");
        assertThat(client.get("/records/10/" + Fleets.id(1, 5)).body())
                .contains("a running build uses it or one of its children.");
        assertThat(client.get("/records/10/nothing").body())
                .contains("Cachewarden has never seen record &#39;nothing&#39; on host ci-frankfurt-01.");
    }

    @Test
    void partialPageIsTheMainElementAndSetsVary() {
        var client = signedIn("vera");

        var whole = client.get("/hosts");
        var part = client.with("HX-Request", "true").get("/hosts");

        assertThat(whole.body()).contains("<header", "<main");
        assertThat(part.body()).contains("<main", "<title>Hosts").doesNotContain("<header", "<script");
        assertThat(String.join(", ", whole.headers().allValues("Vary"))).containsIgnoringCase("HX-Request");
        assertThat(String.join(", ", part.headers().allValues("Vary"))).containsIgnoringCase("HX-Request");
    }

    @Test
    void resourcesCarryTheirHashAndMayBeKeptForGood() {
        var client = signedIn("vera");
        var matcher = Pattern.compile("(/css/base-[0-9a-f]{32}\\.css)")
                .matcher(client.get("/").body());
        assertThat(matcher.find()).isTrue();

        var style = client.get(matcher.group(1));

        assertThat(style.statusCode()).isEqualTo(200);
        assertThat(style.headers().firstValue("Cache-Control")).contains("max-age=31536000, public");
    }
}
