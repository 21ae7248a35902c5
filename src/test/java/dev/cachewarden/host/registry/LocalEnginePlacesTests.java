package dev.cachewarden.host.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.TlsFiles;
import dev.cachewarden.host.registry.LocalEnginePlaces.Place.At;
import dev.cachewarden.host.registry.LocalEnginePlaces.Place.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEnginePlacesTests {

    private static final At USUAL_SOCKET = at("/var/run/docker.sock", "unix:///var/run/docker.sock");

    /** What the docker CLI calls the folder of a context named "remote": SHA-256 of the name. */
    private static final String REMOTE = "b71199ebd070b36beab7317920c2c2f1d777df8d05e5527d8458fda57cb17a7a";

    @TempDir
    Path home;

    @Test
    void theUsualSocketWhereNothingIsSet() {
        assertThat(places(Map.of()).inOrder()).containsExactly(USUAL_SOCKET);
    }

    @Test
    void dockerHostAloneWhereItIsSet() throws IOException {
        writeContext("unix:///ignored.sock");

        assertThat(places(Map.of("DOCKER_HOST", "tcp://127.0.0.1:2375")).inOrder())
                .containsExactly(at("DOCKER_HOST", "tcp://127.0.0.1:2375"));
    }

    @Test
    void dockerHostWithTlsTakesTheFilesOfTheCertPath() {
        var environment =
                Map.of("DOCKER_HOST", "tcp://builder:2376", "DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", "/certs");

        assertThat(places(environment).inOrder())
                .containsExactly(
                        new At("DOCKER_HOST", new HostAddress.TlsTcp("builder", 2376, TlsFiles.in(Path.of("/certs")))));
    }

    @Test
    void reportsAnUnsupportedDockerHost() {
        assertThat(places(Map.of("DOCKER_HOST", "ssh://builder")).inOrder())
                .containsExactly(new Unusable(
                        "DOCKER_HOST",
                        "'ssh://builder' uses SSH, which Cachewarden does not support for engines. Forward the"
                                + " socket, for example with ssh -NL /run/ci.sock:/var/run/docker.sock user@name, and"
                                + " enter unix:///run/ci.sock"));
    }

    @Test
    void currentContextComesBeforeTheUsualSocket() throws IOException {
        writeContext("unix:///run/remote.sock");

        assertThat(places(Map.of()).inOrder())
                .containsExactly(at("Docker context 'remote'", "unix:///run/remote.sock"), USUAL_SOCKET);
    }

    @Test
    void contextOfTheEnvironmentComesBeforeTheConfiguredOne() throws IOException {
        writeContext("unix:///run/remote.sock");

        assertThat(places(Map.of("DOCKER_CONTEXT", "default")).inOrder()).containsExactly(USUAL_SOCKET);
        assertThat(places(Map.of("DOCKER_CONTEXT", "gone")).inOrder().getFirst())
                .isInstanceOfSatisfying(
                        Unusable.class,
                        place -> assertThat(place.problem()).startsWith("The context does not exist: "));
    }

    @Test
    void contextWithCertificatesIsReachedByTls() throws IOException {
        writeContext("tcp://builder:2376");
        Path tls = Files.createDirectories(home.resolve(".docker/contexts/tls/" + REMOTE + "/docker"));

        assertThat(places(Map.of()).inOrder().getFirst())
                .isEqualTo(
                        new At("Docker context 'remote'", new HostAddress.TlsTcp("builder", 2376, TlsFiles.in(tls))));
    }

    @Test
    void socketOfARootlessEngineComesLast() {
        assertThat(places(Map.of("XDG_RUNTIME_DIR", "/run/user/1000")).inOrder())
                .containsExactly(USUAL_SOCKET, at("/run/user/1000/docker.sock", "unix:///run/user/1000/docker.sock"));
    }

    @Test
    void reportsAndSkipsAnUnreadableConfiguration() throws IOException {
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":");

        var places = places(Map.of()).inOrder();

        assertThat(places.getFirst()).isInstanceOfSatisfying(Unusable.class, place -> {
            assertThat(place.name())
                    .isEqualTo(home.resolve(".docker/config.json").toString());
            assertThat(place.problem()).startsWith("The file cannot be read: ");
        });
        assertThat(places.getLast()).isEqualTo(USUAL_SOCKET);
    }

    private LocalEnginePlaces places(Map<String, String> environment) {
        return new LocalEnginePlaces(environment::get, home);
    }

    private static At at(String name, String address) {
        return new At(name, HostAddress.parse(address, null));
    }

    private void writeContext(String address) throws IOException {
        Path docker = home.resolve(".docker");
        Path meta = Files.createDirectories(docker.resolve("contexts/meta/" + REMOTE));
        Files.writeString(docker.resolve("config.json"), "{\"auths\":{},\"currentContext\":\"remote\"}");
        Files.writeString(meta.resolve("meta.json"), """
                {"Name":"remote","Metadata":{},"Endpoints":{"docker":{"Host":"%s","SkipTLSVerify":false}}}
                """.formatted(address));
    }
}
