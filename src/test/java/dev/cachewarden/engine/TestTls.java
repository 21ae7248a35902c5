package dev.cachewarden.engine;

import dev.cachewarden.host.HostAddress;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostKind;
import dev.cachewarden.host.TlsFiles;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/** The certificates that {@code tls/make} made. */
public final class TestTls {

    /** What a client shows that the test servers let in. */
    public static final TlsFiles CLIENT = files("ca", "client", "client-key");

    private TestTls() {}

    /** Files by name, without {@code .pem}. */
    public static TlsFiles files(String ca, String certificate, String key) {
        return new TlsFiles(file(ca), file(certificate), file(key));
    }

    public static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(TestTls.class.getResource("tls/" + name + ".pem"), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For a server that trusts the clients of {@code ca}. */
    public static SSLContext server(String certificate) {
        return mutual(files("ca", certificate, certificate + "-key")).context();
    }

    public static MutualTls mutual(TlsFiles files) {
        var host = new HostConnection("ci-1", HostKind.DOCKER_ENGINE, new HostAddress.TlsTcp("localhost", 1, files));
        return MutualTls.of(host, files);
    }
}
