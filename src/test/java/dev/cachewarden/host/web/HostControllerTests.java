package dev.cachewarden.host.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.HostFixtures;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

class HostControllerTests {

    private final FakeProber prober = new FakeProber();
    private final FakeHosts hosts = new FakeHosts(prober);
    private final MockMvcTester http = MockMvcTester.of(new HostController(hosts, prober, prober));

    @BeforeEach
    void startEngines() {
        prober.engineAt("tcp://one:2375", "ENGINE-1");
        prober.engineAt("tcp://alias:2375", "ENGINE-1");
    }

    @Test
    void hostsAreListedInPages() {
        for (String name : List.of("charlie", "alpha", "bravo")) {
            hosts.register(HostFixtures.draft(name, "tcp://one:2375"));
        }

        var first = http.get().uri("/api/v1/hosts?limit=2").exchange();
        assertThat(first).bodyJson().extractingPath("$.items[*].name").asArray().containsExactly("alpha", "bravo");
        String next = JsonPath.read(new String(first.getResponse().getContentAsByteArray(), UTF_8), "$.next");
        var second = http.get().uri("/api/v1/hosts?limit=2&after=" + next);
        assertThat(second)
                .bodyJson()
                .extractingPath("$.items[*].name")
                .asArray()
                .containsExactly("charlie");
        assertThat(second).bodyJson().extractingPath("$.next").isNull();
        assertThat(http.get().uri("/api/v1/hosts?limit=0"))
                .failure()
                .rootCause()
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("limit: must be from 1 to 1000, not 0");
    }

    @Test
    void registerAnswersWithTheWholeHost() {
        var answer = http.post()
                .uri("/api/v1/hosts")
                .contentType(MediaType.APPLICATION_JSON)
                .content("""
                        {"name":"one","address":"tcp://one:2375","labels":{"env":"ci"},"pollInterval":"PT30S"}
                        """)
                .exchange();

        assertThat(answer).hasStatus(201).hasHeader("Location", "/api/v1/hosts/1");
        assertThat(answer).bodyJson().isStrictlyEqualTo("""
                {"id":1,"name":"one","kind":"DOCKER_ENGINE","address":"tcp://one:2375","tls":null,
                 "labels":{"env":"ci"},"pollInterval":"PT30S","enabled":true,"freeDiskFrom":"","freeDiskKey":null,
                 "engineId":"ENGINE-1",
                 "reachability":{"state":"UNKNOWN","since":"2026-03-01T08:00:00Z","cause":null,"message":null},
                 "capabilities":{"probedAt":"2026-03-01T08:00:00Z","engineId":"ENGINE-1","engineVersion":"28.5.2",
                   "apiVersion":"1.51","buildkitVersion":"v0.25.1","buildKit":"DEFAULT","control":"UPGRADE",
                   "dataRoot":"/var/lib/docker","storageDriver":"overlay2","containerdImageStore":false,
                   "operatingSystem":"Debian GNU/Linux 13 (trixie), x86_64",
                   "gcPolicies":[{"all":false,"filters":["type==source.local"],"keepDuration":"PT48H",
                     "reservedSpaceBytes":0,"maxUsedSpaceBytes":512000000,"minFreeSpaceBytes":0}],
                   "notes":["Something a person should read."]},
                 "disk":null,
                 "builders":[{"id":1,"name":"default","driver":"docker"}],
                 "sameEngineAs":[],
                 "configFile":null}
                """);
    }

    @Test
    void listShowsHostsOnTheSameEngine() {
        hosts.register(HostFixtures.draft("one", "tcp://one:2375"));
        hosts.register(HostFixtures.draft("alias", "tcp://alias:2375"));

        var list = http.get().uri("/api/v1/hosts");
        assertThat(list).hasStatusOk();
        assertThat(list).bodyJson().extractingPath("$.items[*].name").asArray().containsExactly("alias", "one");
        assertThat(list)
                .bodyJson()
                .extractingPath("$.items[0].sameEngineAs")
                .asArray()
                .hasSize(1);
        assertThat(list)
                .bodyJson()
                .extractingPath("$.items[0].sameEngineAs[0].name")
                .isEqualTo("one");
        assertThat(http.get().uri("/api/v1/hosts/1"))
                .bodyJson()
                .extractingPath("$.sameEngineAs[0].id")
                .isEqualTo(2);
    }

    @Test
    void changeAndRemove() {
        hosts.register(HostFixtures.draft("one", "tcp://one:2375"));

        assertThat(http.put()
                        .uri("/api/v1/hosts/1")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"name\":\"uno\",\"address\":\"tcp://one:2375\",\"enabled\":false}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.name")
                .isEqualTo("uno");
        assertThat(http.delete().uri("/api/v1/hosts/1")).hasStatus(204);
        assertThat(http.get().uri("/api/v1/hosts/1"))
                .failure()
                .rootCause()
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no host 1");
    }

    /** What is read-only in an answer is passed over. */
    @Test
    void takeAnAnswerBackAsAChange() throws Exception {
        hosts.register(HostFixtures.draft("one", "tcp://one:2375"));
        String answer =
                http.get().uri("/api/v1/hosts/1").exchange().getResponse().getContentAsString();

        assertThat(http.put()
                        .uri("/api/v1/hosts/1")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(answer))
                .hasStatusOk()
                .bodyText()
                .isEqualTo(answer);
    }

    @Test
    void testTriesOutAndKeepsNothing() {
        assertThat(http.post()
                        .uri("/api/v1/hosts/test")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"name\":\"x\",\"address\":\"tcp://nowhere:1\"}"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"reached":false,"capabilities":null,"disk":null,"cause":"REFUSED",
                         "message":"Nobody listens at tcp://nowhere:1"}
                        """);
        assertThat(hosts.all()).isEmpty();
    }

    @Test
    void probeStoresTheEngine() {
        hosts.register(HostFixtures.draft("one", "tcp://one:2375"));
        hosts.recordUnreachable(new HostId(1), new HostProblem(HostProblem.Cause.TIMEOUT, "No answer within 10 s"));

        assertThat(http.post().uri("/api/v1/hosts/1/probe"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.reached")
                .isEqualTo(true);
        assertThat(http.get().uri("/api/v1/hosts/1"))
                .bodyJson()
                .extractingPath("$.reachability.message")
                .isEqualTo("No answer within 10 s");
    }

    @Test
    void testReturnsTheDiskSpace() {
        assertThat(
                        http.post()
                                .uri("/api/v1/hosts/test")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(
                                        "{\"name\":\"x\",\"address\":\"tcp://one:2375\",\"freeDiskFrom\":\"http://one:9100/metrics\"}"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("$.disk")
                .asMap()
                .containsEntry("totalBytes", 500_000_000_000L)
                .containsEntry("freeBytes", 123_456_789_012L)
                .containsEntry("problem", null);
        assertThat(prober.measured)
                .containsExactly(new DiskSource.NodeExporter(URI.create("http://one:9100/metrics"), null));
    }

    @Test
    void probeStoresTheDiskReading() {
        hosts.register(HostFixtures.draft("one", "tcp://one:2375"));
        prober.disk = new DiskReading.Unknown(HostFixtures.PROBED_AT, "Nothing is said.");

        http.post().uri("/api/v1/hosts/1/probe").exchange();

        assertThat(http.get().uri("/api/v1/hosts/1"))
                .bodyJson()
                .extractingPath("$.disk")
                .asMap()
                .containsEntry("takenAt", "2026-03-01T08:00:00Z")
                .containsEntry("totalBytes", null)
                .containsEntry("problem", "Nothing is said.");
    }

    @Test
    void reportsProblemsByField() {
        assertThat(http.post()
                        .uri("/api/v1/hosts")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"name\":\"x\",\"address\":\"tcp://nowhere:1\"}"))
                .failure()
                .rootCause()
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("address: Nobody listens at tcp://nowhere:1");
    }
}
