package dev.cachewarden.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostAddressTests {

    private static final TlsFiles CERTIFICATES = TlsFiles.in(Path.of("/certs"));

    @Test
    void readsEachKind() {
        assertThat(HostAddress.parse(" unix:///var/run/docker.sock ", null))
                .isEqualTo(new HostAddress.UnixSocket(Path.of("/var/run/docker.sock")));
        assertThat(HostAddress.parse("tcp://127.0.0.1:2375", null)).isEqualTo(new HostAddress.Tcp("127.0.0.1", 2375));
        assertThat(HostAddress.parse("tcp://builder-7:2376/", CERTIFICATES))
                .isEqualTo(new HostAddress.TlsTcp("builder-7", 2376, CERTIFICATES));
        assertThat(HostAddress.parse("tcp://[::1]:2375", null)).isEqualTo(new HostAddress.Tcp("::1", 2375));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix:///var/run/docker.sock", "tcp://127.0.0.1:2375", "tcp://[::1]:2375"})
    void writesWhatItReads(String text) {
        assertThat(HostAddress.parse(text, null).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                        | '' is not an address; write unix:///path/to/docker.sock or tcp://name:port
            builder-7                 | 'builder-7' is not an address; write unix:///path/to/docker.sock or tcp://name:port
            http://builder-7:2375     | 'http://builder-7:2375' is not an address; write unix:///path/to/docker.sock or tcp://name:port
            ssh://builder-7           | 'ssh://builder-7' is not an address; write unix:///path/to/docker.sock or tcp://name:port
            tcp://builder 7:2375      | 'tcp://builder 7:2375' is not an address; write unix:///path/to/docker.sock or tcp://name:port
            tcp://a:b@builder-7:2375  | 'tcp://a:b@builder-7:2375' is not an address; write unix:///path/to/docker.sock or tcp://name:port
            tcp://builder-7:2375/v1   | 'tcp://builder-7:2375/v1' is not an address; write unix:///path/to/docker.sock or tcp://name:port
            tcp://builder-7           | 'tcp://builder-7' has no port; Docker listens on 2375 (plain) or 2376 (TLS) by custom, buildkitd on 1234
            tcp://builder-7:70000     | Port 70000 is not between 1 and 65535
            unix://docker.sock        | 'unix://docker.sock' is not absolute; write unix:///path/to/docker.sock with three slashes
            """)
    void tellsWhatIsWrongWithTheRest(String written, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostAddress.parse(written, null))
                .withMessage(message);
    }

    @Test
    void refusesCertificatesForASocket() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostAddress.parse("unix:///run/docker.sock", CERTIFICATES))
                .withMessage(
                        "'unix:///run/docker.sock' is a unix socket, which needs no certificates; leave the TLS fields empty");
    }
}
