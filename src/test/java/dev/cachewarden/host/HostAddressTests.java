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
    void roundTripsItsText(String text) {
        assertThat(HostAddress.parse(text, null).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                        | '' is not an address; write unix:///path/to/docker.sock or tcp://name:port
            tcp://builder 7:2375      | 'tcp://builder 7:2375' is not an address; write unix:///path/to/docker.sock or tcp://name:port
            tcp://a:b@builder-7:2375  | 'tcp://a:b@builder-7:2375' is not an address; write unix:///path/to/docker.sock or tcp://name:port
            tcp://builder-7:2375/v1   | 'tcp://builder-7:2375/v1' is not an address; write unix:///path/to/docker.sock or tcp://name:port
            tcp://builder-7           | 'tcp://builder-7' has no port; Docker usually listens on 2375 (without TLS) or 2376 (with TLS), buildkitd on 1234
            tcp://builder-7:70000     | Port 70000 is not between 1 and 65535
            unix://docker.sock        | 'unix://docker.sock' is not absolute; write unix:///path/to/docker.sock with three slashes
            """)
    void explainsInvalidAddresses(String written, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostAddress.parse(written, null))
                .withMessage(message);
    }

    @Test
    void refusesCertificatesForASocket() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostAddress.parse("unix:///run/docker.sock", CERTIFICATES))
                .withMessage(
                        "'unix:///run/docker.sock' is a unix socket, which uses no certificates; leave the TLS fields"
                                + " empty");
    }

    /** Each is refused with what to do instead. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            docker-container://buildx_buildkit_fast0 | names a container, which Cachewarden cannot connect to. Make its buildkitd
            podman-container://bk                    | names a container, which Cachewarden cannot connect to. Make its buildkitd
            nerdctl-container://bk                   | names a container, which Cachewarden cannot connect to. Make its buildkitd
            ssh://ops@builder-7                      | uses SSH, which Cachewarden does not support for engines. Forward the socket
            SSH://builder-7                          | uses SSH, which Cachewarden does not support for engines. Forward the socket
            npipe:////./pipe/dockerDesktopLinuxEngine| is a Windows named pipe, which Cachewarden cannot open. Make the engine listen on a port with TLS
            "\\\\.\\pipe\\docker_engine"               | is a Windows named pipe, which Cachewarden cannot open. Make the engine listen on a port with TLS
            kube-pod://bk-0?namespace=ci             | names a Kubernetes pod. Expose its buildkitd with TLS through a Service
            fd://                                    | is a socket that systemd passes to an engine. Enter the path of the socket itself
            http://builder-7:2375                    | is the address of a web page. Enter a Docker Engine as tcp://name:2375
            https://builder-7:2376/                  | is the address of a web page. Enter a Docker Engine as tcp://name:2375
            desktop-linux                            | is not an address. For a Docker context, enter the address that docker context inspect shows
            builder-7                                | is not an address. For a Docker context, enter the address that docker context inspect shows
            builder-7.example:2375                   | has no scheme. Write tcp://builder-7.example:2375
            10.2.3.4:2376                            | has no scheme. Write tcp://10.2.3.4:2376
            "[fe80::1]:2375"                         | has no scheme. Write tcp://[fe80::1]:2375
            /var/run/docker.sock                     | is a path. Write it as an address, such as unix:///var/run/docker.sock
            ~/.docker/run/docker.sock                | is a path. Write it as an address, such as unix:///path/to/docker.sock
            unix:/var/run/docker.sock                | is not a valid unix address. Write unix:///path/to/docker.sock
            TCP://builder-7:2375                     | is not a valid tcp address. Write tcp://name:port
            gopher://builder-7                       | begins with gopher:, which Cachewarden does not support. Write unix:///path/to/docker.sock
            """)
    void refusesAddressesOfOtherToolsWithWhatToDoInstead(String address, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostAddress.parse(address, null))
                .withMessageStartingWith("'" + address + "' " + why);
    }

    @Test
    void showsNoControlCharactersAndNotAllOfALongAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostAddress.parse("what\0ever!" + "x".repeat(9_000), null))
                .withMessageStartingWith("'what\uFFFDever!xxx")
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(300));
    }
}
