package dev.cachewarden.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cachewarden.rest.InvalidInputException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostInputTests {

    private static final String SOCKET = "unix:///var/run/docker.sock";

    @Test
    void leaveOutAllThatHasADefault() {
        var draft = new HostInput(" builder ", null, SOCKET, null, null, null, null, null, null).toDraft();

        assertThat(draft.connection())
                .isEqualTo(new HostConnection(
                        "builder",
                        HostKind.DOCKER_ENGINE,
                        new HostAddress.UnixSocket(Path.of("/var/run/docker.sock"))));
        assertThat(draft.labels()).isEmpty();
        assertThat(draft.pollInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(draft.enabled()).isTrue();
    }

    @Test
    void readEverything() {
        var tls = new HostInput.Tls("/c/ca.pem", "/c/cert.pem", "/c/key.pem");
        var draft = new HostInput(
                        "kit", "BUILDKITD", "tcp://kit:1234", tls, Map.of("env", "ci"), "PT90S", false, null, null)
                .toDraft();

        assertThat(draft.connection().kind()).isEqualTo(HostKind.BUILDKITD);
        assertThat(draft.connection().address())
                .isEqualTo(new HostAddress.TlsTcp("kit", 1234, TlsFiles.in(Path.of("/c"))));
        assertThat(draft.labels()).isEqualTo(Map.of("env", "ci"));
        assertThat(draft.pollInterval()).isEqualTo(Duration.ofSeconds(90));
        assertThat(draft.enabled()).isFalse();
    }

    @Test
    void blankTlsFieldsOfAFormMeanPlain() {
        var draft = new HostInput(
                        "a", "", "tcp://kit:1234", new HostInput.Tls("", " ", null), null, "", null, null, null)
                .toDraft();

        assertThat(draft.connection().address()).isEqualTo(new HostAddress.Tcp("kit", 1234));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            nullValues = "-",
            value = {
                "-       | name: must not be blank",
                "^ ^     | name: must not be blank",
                "-dash   | name: '-dash' is not a valid name; start with a letter or digit, and use only letters,"
                        + " digits, spaces, and . _ + -, at most 63 characters",
                "a<b     | name: 'a<b' is not a valid name; start with a letter or digit, and use only letters,"
                        + " digits, spaces, and . _ + -, at most 63 characters",
            })
    void explainsAnInvalidName(@Nullable String name, String expected) {
        assertFails(new HostInput(name, null, SOCKET, null, null, null, null, null, null), expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            nullValues = "-",
            value = {
                "-                 | must not be blank; write unix:///path/to/docker.sock or tcp://name:port",
                "ssh://builder     | 'ssh://builder' uses SSH, which Cachewarden does not support for engines."
                        + " Forward the socket, for example with ssh -NL /run/ci.sock:/var/run/docker.sock"
                        + " user@name, and enter unix:///run/ci.sock",
                "tcp://builder     | 'tcp://builder' has no port; Docker usually listens on 2375 (without TLS) or"
                        + " 2376 (with TLS), buildkitd on 1234",
                "tcp://builder:0   | Port 0 is not between 1 and 65535",
                "unix://docker.sock| 'unix://docker.sock' is not absolute; write unix:///path/to/docker.sock with"
                        + " three slashes",
            })
    void explainsAnInvalidAddress(@Nullable String address, String expected) {
        assertFails(new HostInput("a", null, address, null, null, null, null, null, null), "address: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "4s     | must be from 5s to 1d, not 4s",
                "25h    | must be from 5s to 1d, not 1d1h",
                "PT5.5S | 'PT5.5S' is too precise; use whole seconds",
                "often  | 'often' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H",
                "PT-9S  | 'PT-9S' is negative; a duration must be zero or more",
            })
    void explainsAnInvalidInterval(String interval, String expected) {
        assertFails(
                new HostInput("a", null, SOCKET, null, null, interval, null, null, null), "pollInterval: " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            nullValues = "-",
            value = {
                "env   | a b | 'env=a b' is not a valid label; write key=value, each with up to 63 letters, digits,"
                        + " dots, dashes, and underscores",
                "a=b   | c   | 'a=b=c' is not a valid label; write key=value, each with up to 63 letters, digits,"
                        + " dots, dashes, and underscores",
                "env   | -   | Label 'env' has no value; write key=value",
            })
    void explainsAnInvalidLabel(String key, @Nullable String value, String expected) {
        var labels = new HashMap<String, String>();
        putAsJsonDoes(labels, key, value);
        assertFails(new HostInput("a", null, SOCKET, null, labels, null, null, null, null), "labels: " + expected);
    }

    @Test
    void readsTheFreeDiskSource() {
        var exporter = new HostInput("a", null, SOCKET, null, null, null, null, "http://a:9100/metrics", " ").toDraft();
        var login = new HostInput("a", null, SOCKET, null, null, null, null, "ssh://ops@a", "/keys/a").toDraft();

        assertThat(exporter.connection().freeDiskFrom())
                .isEqualTo(new DiskSource.NodeExporter(URI.create("http://a:9100/metrics"), null));
        assertThat(login.connection().freeDiskFrom())
                .isEqualTo(new DiskSource.Ssh("ops", "a", 22, Path.of("/keys/a"), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            nullValues = "-",
            value = {
                "ssh://ops@a    | -       | freeDiskKey: SSH requires a private key file; enter its absolute path",
                "ssh://ops@a    | keys/a  | freeDiskKey: 'keys/a' is not absolute; enter the absolute path",
                "-              | /keys/a | freeDiskKey: can be set only with an ssh:// address",
                "http://a:9100  | /keys/a | freeDiskFrom: A node_exporter uses no SSH key; leave that field empty",
                "a:9100         | -       | freeDiskFrom: 'a:9100' is not a disk source; write"
                        + " http://name:9100/metrics for a node_exporter, ssh://user@name, or leave it empty for"
                        + " the local file system",
            })
    void explainsAnInvalidFreeDiskSource(@Nullable String from, @Nullable String key, String expected) {
        assertFails(new HostInput("a", null, SOCKET, null, null, null, null, from, key), expected);
    }

    @Test
    void reportsAllProblemsInFieldOrder() {
        var input = new HostInput(
                "",
                "MAINFRAME",
                "nowhere",
                new HostInput.Tls("ca.pem", null, "/key.pem"),
                null,
                "10XB",
                null,
                null,
                null);

        assertFails(
                input,
                "name: must not be blank; kind: 'MAINFRAME' is not a host type; use DOCKER_ENGINE or BUILDKITD;"
                        + " tls.ca: 'ca.pem' is not absolute; enter the absolute path; tls.certificate: TLS requires"
                        + " all three files: ca, certificate, and key; address: 'nowhere' is not an address. For a"
                        + " Docker context, enter the address that docker context inspect shows. For a host, enter"
                        + " tcp://name:port;"
                        + " pollInterval: '10XB' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as"
                        + " PT48H");
    }

    @SuppressWarnings("NullAway") // Jackson puts null into a map of strings.
    private static void putAsJsonDoes(Map<String, String> labels, String key, @Nullable String value) {
        labels.put(key, value);
    }

    private static void assertFails(HostInput input, String expected) {
        assertThat(catchThrowableOfType(InvalidInputException.class, input::toDraft))
                .hasMessage(expected);
    }
}
