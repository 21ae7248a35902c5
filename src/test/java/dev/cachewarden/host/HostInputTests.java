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
                "-       | name: A host needs a name",
                "^ ^     | name: A host needs a name",
                "-dash   | name: '-dash' is not a name for a host; begin with a letter or digit and use letters,"
                        + " digits, spaces and . _ + - only, at most 63 in all",
                "a<b     | name: 'a<b' is not a name for a host; begin with a letter or digit and use letters, digits,"
                        + " spaces and . _ + - only, at most 63 in all",
            })
    void tellWhatIsWrongWithAName(@Nullable String name, String told) {
        assertTold(new HostInput(name, null, SOCKET, null, null, null, null, null, null), told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            nullValues = "-",
            value = {
                "-                 | A host needs an address; write unix:///path/to/docker.sock or tcp://name:port",
                "ssh://builder     | 'ssh://builder' goes through SSH, which Cachewarden does not use to reach"
                        + " engines. Forward the socket, for example with ssh -NL /run/ci.sock:/var/run/docker.sock"
                        + " user@name, and enter unix:///run/ci.sock",
                "tcp://builder     | 'tcp://builder' has no port; Docker listens on 2375 (plain) or 2376 (TLS) by"
                        + " custom, buildkitd on 1234",
                "tcp://builder:0   | Port 0 is not between 1 and 65535",
                "unix://docker.sock| 'unix://docker.sock' is not absolute; write unix:///path/to/docker.sock with"
                        + " three slashes",
            })
    void tellWhatIsWrongWithAnAddress(@Nullable String address, String told) {
        assertTold(new HostInput("a", null, address, null, null, null, null, null, null), "address: " + told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "4s     | '4s' is not between 5 seconds and a day",
                "25h    | '1d1h' is not between 5 seconds and a day",
                "PT5.5S | 'PT5.5S' is not in whole seconds",
                "often  | 'often' is not a duration; write 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H",
                "PT-9S  | 'PT-9S' is negative; a duration is zero or more",
            })
    void tellWhatIsWrongWithAnInterval(String interval, String told) {
        assertTold(new HostInput("a", null, SOCKET, null, null, interval, null, null, null), "pollInterval: " + told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            nullValues = "-",
            value = {
                "env   | a b | 'env=a b' is not a label; write key=value, both of letters, digits, dots, dashes and"
                        + " underscores, at most 63 each",
                "a=b   | c   | 'a=b=c' is not a label; write key=value, both of letters, digits, dots, dashes and"
                        + " underscores, at most 63 each",
                "env   | -   | Label 'env' has no value; write key=value",
            })
    void tellWhatIsWrongWithALabel(String key, @Nullable String value, String told) {
        var labels = new HashMap<String, String>();
        putAsJsonDoes(labels, key, value);
        assertTold(new HostInput("a", null, SOCKET, null, labels, null, null, null, null), "labels: " + told);
    }

    @Test
    void readWhoTellsTheFreeDisk() {
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
                "ssh://ops@a    | -       | freeDiskKey: SSH needs the file of a private key; give its whole path",
                "ssh://ops@a    | keys/a  | freeDiskKey: 'keys/a' is not absolute; write the whole path",
                "-              | /keys/a | freeDiskKey: A key is for an ssh:// address, and none is given",
                "http://a:9100  | /keys/a | freeDiskFrom: A node_exporter takes no SSH key; leave that field empty",
                "a:9100         | -       | freeDiskFrom: 'a:9100' tells no disk; write http://name:9100/metrics of a"
                        + " node_exporter, ssh://user@name, or nothing for the local file system",
            })
    void tellWhatIsWrongWithWhoTellsTheFreeDisk(@Nullable String from, @Nullable String key, String told) {
        assertTold(new HostInput("a", null, SOCKET, null, null, null, null, from, key), told);
    }

    @Test
    void tellEverythingAtOnceInTheOrderOfTheFields() {
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

        assertTold(
                input,
                "name: A host needs a name; kind: 'MAINFRAME' is not a kind of host; write DOCKER_ENGINE or BUILDKITD;"
                        + " tls.ca: 'ca.pem' is not absolute; write the whole path; tls.certificate: TLS needs all three"
                        + " files: ca, certificate and key; address: 'nowhere' is not an address. Enter the address behind"
                        + " a Docker context, which docker context inspect shows, or a host as tcp://name:port;"
                        + " pollInterval: '10XB' is not a duration; write 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H");
    }

    @SuppressWarnings("NullAway") // Jackson puts null into a map of strings.
    private static void putAsJsonDoes(Map<String, String> labels, String key, @Nullable String value) {
        labels.put(key, value);
    }

    private static void assertTold(HostInput input, String told) {
        assertThat(catchThrowableOfType(InvalidInputException.class, input::toDraft))
                .hasMessage(told);
    }
}
