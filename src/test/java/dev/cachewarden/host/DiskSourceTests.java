package dev.cachewarden.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiskSourceTests {

    private static final Path KEY = Path.of("/keys/id_ed25519");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void nothingIsTheLocalFileSystem(@Nullable String text) {
        assertThat(DiskSource.parse(text, null)).isEqualTo(DiskSource.LOCAL);
        assertThat(DiskSource.LOCAL.text()).isEmpty();
    }

    @Test
    void readAddresses() {
        assertThat(DiskSource.parse(" http://builder-7:9100/metrics ", null))
                .isEqualTo(new DiskSource.NodeExporter(URI.create("http://builder-7:9100/metrics"), null));
        assertThat(DiskSource.parse("https://[::1]:9100/node?a=b#/var/lib/build kit", null))
                .isEqualTo(
                        new DiskSource.NodeExporter(URI.create("https://[::1]:9100/node?a=b"), "/var/lib/build kit"));
        assertThat(DiskSource.parse("ssh://ops@builder-7", KEY))
                .isEqualTo(new DiskSource.Ssh("ops", "builder-7", 22, KEY, null));
        assertThat(DiskSource.parse("SSH://ops@[fe80::1]:2222/#/srv", KEY))
                .isEqualTo(new DiskSource.Ssh("ops", "fe80::1", 2222, KEY, "/srv"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://builder-7:9100",
                "https://[::1]:9100/node?a=b#/var/lib/build kit",
                "ssh://ops@builder-7",
                "ssh://ops@builder-7:2222#/var/lib/docker",
                "ssh://ops@[fe80::1]:2222",
            })
    void areWrittenAsTheyAreRead(String text) {
        assertThat(DiskSource.parse(text, text.startsWith("ssh") ? KEY : null).text())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            builder-7:9100             | 'builder-7:9100' tells no disk; write http://name:9100/metrics of a node_exporter, ssh://user@name, or nothing for the local file system
            ftp://builder-7            | 'ftp://builder-7' tells no disk; write http://name:9100/metrics of a node_exporter, ssh://user@name, or nothing for the local file system
            http://                    | 'http://' tells no disk; write http://name:9100/metrics of a node_exporter, ssh://user@name, or nothing for the local file system
            http://a b/                | 'http://a b/' tells no disk; write http://name:9100/metrics of a node_exporter, ssh://user@name, or nothing for the local file system
            file:///etc/passwd         | 'file:///etc/passwd' tells no disk; write http://name:9100/metrics of a node_exporter, ssh://user@name, or nothing for the local file system
            http://me:secret@b:9100/   | An address with a user and password would show them to everybody; give one that needs none
            http://b:99999/metrics     | Port 99999 is not between 1 and 65535
            ssh://me@b:0               | Port 0 is not between 1 and 65535
            ssh://builder-7            | 'ssh://builder-7' names no user to log in as; write ssh://user@name or ssh://user@name:port
            ssh://a%40b@builder-7      | 'ssh://a%40b@builder-7' names no user to log in as; write ssh://user@name or ssh://user@name:port
            ssh://-oProxy@builder-7    | 'ssh://-oProxy@builder-7' names no user to log in as; write ssh://user@name or ssh://user@name:port
            ssh://me:secret@builder-7  | 'ssh://builder-7' names no user to log in as, and passwords are not taken; write ssh://user@name or ssh://user@name:port
            ssh://me@b/var/lib/docker  | 'ssh://me@b/var/lib/docker' says more than user, name and port; write a folder after a #, such as #/var/lib/docker
            ssh://me@b#docker          | 'docker' is not a folder on the host; write its whole path after the #, such as #/var/lib/docker
            """)
    void tellWhatIsWrong(String text, String told) {
        assertThatThrownBy(() -> DiskSource.parse(text, text.startsWith("ssh") ? KEY : null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(told);
    }

    @Test
    void keysAreForSshAndSshNeedsOne() {
        assertThatThrownBy(() -> DiskSource.parse("ssh://me@b", null))
                .hasMessage("SSH needs the file of a private key; give its whole path");
        assertThatThrownBy(() -> DiskSource.parse("http://b:9100", KEY))
                .hasMessage("A node_exporter takes no SSH key; leave that field empty");
    }
}
