package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostProblem.Cause;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.TlsFiles;
import dev.cachewarden.testing.HeldPort;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person reads when a host cannot be watched. */
class UnreachableHostsTests {

    private static EnginePorts ports;

    @BeforeAll
    static void open() {
        ports = EnginePorts.open(
                Map.of("cachewarden.engine.connect-timeout", "10s", "cachewarden.engine.call-timeout", "10s"));
    }

    @AfterAll
    static void close() {
        ports.close();
    }

    @ParameterizedTest
    @EnumSource(HostKind.class)
    void reportsAClosedPort(HostKind kind) {
        try (var port = HeldPort.take()) {
            String address = "tcp://127.0.0.1:" + port.number();

            assertThat(probe(kind, address, null))
                    .isEqualTo(new HostProblem(
                            Cause.REFUSED,
                            "ci-1 at " + address
                                    + " refused the connection. Check that the engine is running and listens on this"
                                    + " address"));
        }
    }

    @Test
    void noSocketFile(@TempDir Path folder) {
        var problem = new HostProblem(
                Cause.REFUSED,
                "The socket file " + folder
                        + "/docker.sock (ci-1) does not exist. Check that the engine is running and listens there");

        assertThat(probe("unix://" + folder + "/docker.sock")).isEqualTo(problem);
        assertThat(probe(HostKind.BUILDKITD, "unix://" + folder + "/docker.sock", null))
                .isEqualTo(problem);
    }

    @Test
    void socketFileWithoutListener(@TempDir Path folder) throws IOException {
        var path = folder.resolve("left behind.sock");
        try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(path));
        }

        assertThat(probe("unix://" + path))
                .isEqualTo(new HostProblem(
                        Cause.REFUSED,
                        "No process listens on the socket file " + path + " (ci-1). Check that the engine is running"));
    }

    @Test
    void nameThatDoesNotResolve() {
        assertThat(probe("tcp://no-such-host.invalid:2375"))
                .isEqualTo(new HostProblem(
                        Cause.NO_ROUTE, "The name in tcp://no-such-host.invalid:2375 (ci-1) cannot be resolved"));
        assertThat(probe(HostKind.BUILDKITD, "tcp://no-such-host.invalid:1234", null))
                .isEqualTo(new HostProblem(
                        Cause.NO_ROUTE, "The name in tcp://no-such-host.invalid:1234 (ci-1) cannot be resolved"));
    }

    @Test
    void silentServer() throws IOException {
        try (var impatient = EnginePorts.open(Map.of("cachewarden.engine.call-timeout", "1s"));
                var server = ScriptedServer.plain()) {
            assertThat(probe(impatient, server.connection()))
                    .isEqualTo(new HostProblem(
                            Cause.TIMEOUT,
                            "ci-1 at " + server.address()
                                    + " did not respond to HEAD /_ping within 1 s. The engine may be overloaded"));
            assertThat(probe(impatient, server.connection(HostKind.BUILDKITD)))
                    .isEqualTo(new HostProblem(
                            Cause.TIMEOUT,
                            "ci-1 at " + server.address()
                                    + " did not respond to Control/ListWorkers within 1 s. The engine may"
                                    + " be overloaded"));
        }
    }

    @Test
    void webServer() throws IOException {
        String page = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>";
        try (var server = ScriptedServer.plain()
                .on("HEAD", "HTTP/1.1 404 Not Found\r\n\r\n")
                .on("GET", page)) {
            assertThat(probe(server))
                    .isEqualTo(new HostProblem(
                            Cause.NOT_AN_ENGINE,
                            "The service at " + server.address()
                                    + " (ci-1) is not a Docker Engine: GET /_ping returned 404 without"
                                    + " an Api-Version header. Check the port"));
        }
    }

    @Test
    void engineSpokenToAsBuildkitd() throws IOException {
        String answer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
        try (var server = ScriptedServer.plain().on("PRI", answer)) {
            assertThat(probe(server.connection(HostKind.BUILDKITD)))
                    .isEqualTo(new HostProblem(
                            Cause.NOT_AN_ENGINE,
                            "The service at " + server.address()
                                    + " (ci-1) is not a buildkitd: it does not speak gRPC. Check the port"));
        }
    }

    @Test
    void podman() throws IOException {
        String answer = "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nLibpod-Api-Version: 4.3.1\r\n\r\n";
        try (var server = ScriptedServer.plain().on("HEAD", answer)) {
            assertThat(probe(server))
                    .isEqualTo(new HostProblem(
                            Cause.NOT_AN_ENGINE,
                            "The service at " + server.address()
                                    + " (ci-1) is not a Docker Engine: it is Podman, which has no BuildKit. Check the"
                                    + " port"));
        }
    }

    @Test
    void serverOfAnotherProtocol() throws IOException {
        try (var server = ScriptedServer.plain().on("HEAD", "SSH-2.0-OpenSSH_9.2p1\r\n\r\n".repeat(20))) {
            assertThat(probe(server))
                    .isEqualTo(new HostProblem(
                            Cause.NOT_AN_ENGINE,
                            "The service at " + server.address()
                                    + " (ci-1) is not a Docker Engine: it does not speak HTTP. Check the port"));
        }
    }

    @Test
    void accessDenied() throws IOException {
        String answer = "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno";
        try (var server = ScriptedServer.plain()
                .on("HEAD", "HTTP/1.1 403 Forbidden\r\n\r\n")
                .on("GET", answer)) {
            assertThat(probe(server))
                    .isEqualTo(new HostProblem(
                            Cause.FORBIDDEN, "ci-1 at " + server.address() + " denies access with 403"));
        }
    }

    @Test
    void engineThatIsTooOld() throws IOException {
        try (var server = ScriptedServer.engine()
                .onJson(
                        "GET /version",
                        "{\"Version\":\"18.09.9\",\"ApiVersion\":\"1.39\",\"MinAPIVersion\":\"1.12\"}")) {
            assertThat(probe(server))
                    .isEqualTo(new HostProblem(
                            Cause.UNSUPPORTED_VERSION,
                            "ci-1 at " + server.address()
                                    + " is Docker Engine 18.09.9, which supports Engine API up to 1.39."
                                    + " Cachewarden requires Engine API 1.40 (Docker Engine 19.03) or newer"));
        }
    }

    @Test
    void engineThatIsTooNew() throws IOException {
        try (var server = ScriptedServer.engine()
                .onJson(
                        "GET /version",
                        "{\"Version\":\"40.0.0\",\"ApiVersion\":\"1.80\",\"MinAPIVersion\":\"1.56\"}")) {
            assertThat(probe(server))
                    .isEqualTo(new HostProblem(
                            Cause.UNSUPPORTED_VERSION,
                            "ci-1 at " + server.address()
                                    + " is Docker Engine 40.0.0, which requires Engine API 1.56 or newer. This"
                                    + " Cachewarden supports versions up to 1.55. Update Cachewarden"));
        }
    }

    @Test
    void engineWithoutAnId() throws IOException {
        try (var server = ScriptedServer.engine().onJson("GET /v1.51/info", "{\"ID\":\"\"}")) {
            assertThat(probe(server))
                    .isEqualTo(new HostProblem(
                            Cause.BAD_ANSWER,
                            "ci-1 at " + server.address()
                                    + " returned an invalid response to GET /v1.51/info: ID is missing"));
        }
    }

    @Test
    void engineThatAnswersWithAnError() throws IOException {
        try (var server = ScriptedServer.engine().onJson("GET /v1.51/info", 500, "{\"message\":\"disk on fire\"}")) {
            assertThat(probe(server))
                    .isEqualTo(
                            new HostProblem(Cause.ENGINE_ERROR, "ci-1 refused GET /v1.51/info with 500: disk on fire"));
        }
    }

    private static HostProblem probe(ScriptedServer server) {
        return probe(server.connection());
    }

    private static HostProblem probe(String address) {
        return probe(HostKind.DOCKER_ENGINE, address, null);
    }

    private static HostProblem probe(HostKind kind, String address, @Nullable TlsFiles tls) {
        return probe(new HostConnection("ci-1", kind, HostAddress.parse(address, tls)));
    }

    private static HostProblem probe(HostConnection connection) {
        return probe(ports, connection);
    }

    private static HostProblem probe(EnginePorts by, HostConnection connection) {
        return ((ProbeResult.Failed) by.prober().probe(connection)).problem();
    }
}
