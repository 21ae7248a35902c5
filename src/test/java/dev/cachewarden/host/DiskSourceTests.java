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
            builder-7:9100             | 'builder-7:9100' is not a disk source; write http://name:9100/metrics for a node_exporter, ssh://user@name, or leave it empty for the local file system
            ftp://builder-7            | 'ftp://builder-7' is not a disk source; write http://name:9100/metrics for a node_exporter, ssh://user@name, or leave it empty for the local file system
            http://                    | 'http://' is not a disk source; write http://name:9100/metrics for a node_exporter, ssh://user@name, or leave it empty for the local file system
            http://a b/                | 'http://a b/' is not a disk source; write http://name:9100/metrics for a node_exporter, ssh://user@name, or leave it empty for the local file system
            file:///etc/passwd         | 'file:///etc/passwd' is not a disk source; write http://name:9100/metrics for a node_exporter, ssh://user@name, or leave it empty for the local file system
            http://me:secret@b:9100/   | contains a user name or password, which every user of Cachewarden could see; use an address without them
            http://b:99999/metrics     | Port 99999 is not between 1 and 65535
            ssh://me@b:0               | Port 0 is not between 1 and 65535
            ssh://builder-7            | 'ssh://builder-7' contains no valid user name; write ssh://user@name or ssh://user@name:port
            ssh://a%40b@builder-7      | 'ssh://a%40b@builder-7' contains no valid user name; write ssh://user@name or ssh://user@name:port
            ssh://-oProxy@builder-7    | 'ssh://-oProxy@builder-7' contains no valid user name; write ssh://user@name or ssh://user@name:port
            ssh://me:secret@builder-7  | 'ssh://builder-7' contains a password, which is not supported; write ssh://user@name or ssh://user@name:port
            ssh://me@b/var/lib/docker  | 'ssh://me@b/var/lib/docker' has a path or a query; write a directory after a #, such as #/var/lib/docker
            ssh://me@b#docker          | 'docker' is not a directory on the host; write its absolute path after the #, such as #/var/lib/docker
            """)
    void explainsInvalidSources(String text, String expected) {
        assertThatThrownBy(() -> DiskSource.parse(text, text.startsWith("ssh") ? KEY : null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(expected);
    }

    @Test
    void keysAreForSshAndSshNeedsOne() {
        assertThatThrownBy(() -> DiskSource.parse("ssh://me@b", null))
                .hasMessage("SSH requires a private key file; enter its absolute path");
        assertThatThrownBy(() -> DiskSource.parse("http://b:9100", KEY))
                .hasMessage("A node_exporter uses no SSH key; leave that field empty");
    }
}
