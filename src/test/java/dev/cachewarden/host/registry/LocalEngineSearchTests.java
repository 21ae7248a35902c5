package dev.cachewarden.host.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.host.HostId;
import dev.cachewarden.host.LocalEngine.Attempt;
import dev.cachewarden.host.LocalEngine.Search;
import dev.cachewarden.testing.FakeHosts;
import dev.cachewarden.testing.FakeProber;
import dev.cachewarden.testing.HostFixtures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEngineSearchTests {

    @TempDir
    Path home;

    private final FakeProber prober = new FakeProber();
    private final FakeHosts hosts = new FakeHosts(prober);

    @Test
    void registerTheFirstThatAnswers() {
        prober.engineAt("unix:///run/user/1000/docker.sock", "ENGINE-1");
        var search = search(Map.of("XDG_RUNTIME_DIR", "/run/user/1000"));
        assertThat(search.search()).isEqualTo(new Search.UnderWay());

        search.searchAgain();

        assertThat(search.search()).isEqualTo(new Search.Found(new HostId(1), "/run/user/1000/docker.sock"));
        assertThat(hosts.all()).singleElement().satisfies(host -> {
            assertThat(host.name()).isEqualTo("local");
            assertThat(host.engineId()).isEqualTo("ENGINE-1");
        });
    }

    @Test
    void nameARemoteEngineByItsAddress() {
        prober.engineAt("tcp://builder:2375", "ENGINE-1");

        search(Map.of("DOCKER_HOST", "tcp://builder:2375")).searchAgain();

        assertThat(hosts.all())
                .singleElement()
                .satisfies(host -> assertThat(host.name()).isEqualTo("builder"));
    }

    @Test
    void reportsFailedAttemptsAndFindsAnEngineLater() {
        var search = search(Map.of());

        assertThat(search.searchAgain())
                .isEqualTo(new Search.NothingFound(
                        List.of(new Attempt("/var/run/docker.sock", "Nobody listens at unix:///var/run/docker.sock"))));
        assertThat(hosts.all()).isEmpty();

        prober.engineAt("unix:///var/run/docker.sock", "ENGINE-1");
        assertThat(search.searchAgain()).isInstanceOf(Search.Found.class);
    }

    @Test
    void leaveAFleetAlone() {
        prober.engineAt("tcp://one:2375", "ENGINE-1");
        prober.engineAt("unix:///var/run/docker.sock", "ENGINE-2");
        hosts.register(HostFixtures.draft("one", "tcp://one:2375"));

        assertThat(search(Map.of()).searchAgain()).isEqualTo(new Search.NotNeeded());
        assertThat(hosts.all()).hasSize(1);
    }

    private LocalEngineSearch search(Map<String, String> environment) {
        return new LocalEngineSearch(new LocalEnginePlaces(environment::get, home), hosts);
    }
}
