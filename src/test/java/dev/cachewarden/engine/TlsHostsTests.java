package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostProblem.Cause;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Hosts behind TLS, and what a person reads when the certificates do not fit. */
class TlsHostsTests {

    /** What Go's HTTP server, and so an engine, says to a TLS handshake (seen on engine 28.5). */
    private static final String GO_TO_TLS =
            "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request";

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
    @CsvSource({"client,client-key", "client,client-key-pkcs1", "client-ec,client-ec-key"})
    void reachesAnEngineWithAClientCertificate(String certificate, String key) throws IOException {
        try (var server = ScriptedServer.tls("server", TestTls.files("ca", certificate, key))
                .asEngine("28.5")) {
            assertThat(ports.prober().probe(server.connection()))
                    .isInstanceOfSatisfying(
                            ProbeResult.Reached.class,
                            reached -> assertThat(reached.capabilities().engineId())
                                    .isEqualTo(Capabilities.ENGINE_ID));
        }
    }

    @ParameterizedTest
    @EnumSource(HostKind.class)
    void plainSpokenToWithTls(HostKind kind) throws IOException {
        try (var server = ScriptedServer.plain().on(ScriptedServer.TLS, GO_TO_TLS)) {
            assertThat(probe(kind, server.address(), TestTls.CLIENT))
                    .isEqualTo(new HostProblem(
                            Cause.TLS,
                            "ci-1 at " + server.address()
                                    + " does not use TLS. Leave the TLS files empty, or use the port with"
                                    + " TLS (usually 2376)"));
        }
    }

    @Test
    void engineWithTlsSpokenToInPlain() throws IOException {
        String answer = "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";
        try (var server = ScriptedServer.plain().on("HEAD", answer).on("GET", answer)) {
            assertThat(((ProbeResult.Failed) ports.prober().probe(server.connection())).problem())
                    .isEqualTo(new HostProblem(
                            Cause.TLS,
                            "ci-1 at " + server.address()
                                    + " requires TLS. Set the TLS files, or use the port without TLS (usually 2375)"));
        }
    }

    @ParameterizedTest
    @EnumSource(HostKind.class)
    void otherTlsServerSpokenToInPlain(HostKind kind) throws IOException {
        try (var server = ScriptedServer.tls("server", TestTls.CLIENT)) {
            var plain = new HostConnection("ci-1", kind, HostAddress.parse(server.address(), null));

            assertThat(((ProbeResult.Failed) ports.prober().probe(plain)).problem())
                    .isEqualTo(new HostProblem(
                            Cause.TLS,
                            "ci-1 at " + server.address()
                                    + " requires TLS. Set the TLS files, or use the port without TLS"
                                    + (kind == HostKind.DOCKER_ENGINE ? " (usually 2375)" : "")));
        }
    }

    @ParameterizedTest
    @EnumSource(HostKind.class)
    void serverOfAnotherAuthority(HostKind kind) throws IOException {
        var files = TestTls.files("other-ca", "client", "client-key");
        try (var server = ScriptedServer.tls("server", files)) {
            assertThat(probe(kind, server.address(), files))
                    .isEqualTo(new HostProblem(
                            Cause.TLS,
                            "The certificate of ci-1 at " + server.address() + " is not signed by a CA in " + files.ca()
                                    + ". Set the CA that signed the server certificate"));
        }
    }

    @ParameterizedTest
    @EnumSource(HostKind.class)
    void serverOfAnotherName(HostKind kind) throws IOException {
        try (var server = ScriptedServer.tls("server-elsewhere", TestTls.CLIENT)) {
            assertThat(probe(kind, server.address(), TestTls.CLIENT).message())
                    .startsWith("The certificate of ci-1 at " + server.address()
                            + " is not valid for the name '127.0.0.1': ");
        }
    }

    @ParameterizedTest
    @EnumSource(HostKind.class)
    void serverOutOfDate(HostKind kind) throws IOException {
        try (var server = ScriptedServer.tls("server-expired", TestTls.CLIENT)) {
            var problem = probe(kind, server.address(), TestTls.CLIENT);

            assertThat(problem.cause()).isEqualTo(Cause.TLS);
            assertThat(problem.message())
                    .startsWith("The certificate of ci-1 at " + server.address()
                            + " is expired or not yet valid: NotAfter: ")
                    .contains("2021");
        }
    }

    @ParameterizedTest
    @EnumSource(HostKind.class)
    void clientTheServerDoesNotKnow(HostKind kind) throws IOException {
        var stranger = TestTls.files("ca", "stranger", "stranger-key");
        try (var server = ScriptedServer.tls("server", stranger)) {
            var problem = probe(kind, server.address(), stranger);

            assertThat(problem.cause()).as(problem.message()).isEqualTo(Cause.TLS);
            assertThat(problem.message())
                    .startsWith("ci-1 at " + server.address() + " ")
                    .contains("rejected the client certificate " + stranger.certificate())
                    .endsWith(" Check that it is valid and signed by a CA that the server trusts");
        }
    }

    @Test
    void tlsServerThatIsNoBuildkitd() throws IOException {
        try (var server = ScriptedServer.tlsWithoutHttp2("server", TestTls.CLIENT)) {
            assertThat(probe(HostKind.BUILDKITD, server.address(), TestTls.CLIENT))
                    .isEqualTo(new HostProblem(
                            Cause.NOT_AN_ENGINE,
                            "The service at " + server.address()
                                    + " (ci-1) is not a buildkitd: it does not speak gRPC. Check the port"));
        }
    }

    @ParameterizedTest
    @EnumSource(HostKind.class)
    void missingFileIsNeverPlain(HostKind kind) throws IOException {
        try (var server = ScriptedServer.engine()) {
            var files = TlsFiles.in(Path.of("/nowhere"));

            assertThat(probe(kind, server.address(), files))
                    .isEqualTo(new HostProblem(Cause.TLS, "TLS file /nowhere/ca.pem of ci-1 does not exist"));
            assertThat(server.requests()).isEmpty();
        }
    }

    private static HostProblem probe(HostKind kind, String address, TlsFiles files) {
        var connection = new HostConnection("ci-1", kind, HostAddress.parse(address, files));
        return ((ProbeResult.Failed) ports.prober().probe(connection)).problem();
    }
}
