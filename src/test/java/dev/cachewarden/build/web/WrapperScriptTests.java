package dev.cachewarden.build.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The wrapper for POSIX shells, with a docker that prints what it is told to and a curl that keeps what it is to send. */
class WrapperScriptTests {

    private static final Path SCRIPT = Path.of("src/main/resources/scripts/cachewarden-build");

    @TempDir
    private Path work;

    @Test
    void valuesOfArgumentsAreTakenOutLineByLine() throws Exception {
        String printed = """
                #5 [2/2] RUN login s3cr3t.*[a && echo s3cr3t.*[a-longer
                #5 0.1 -----BEGIN KEY-----
                #5 0.1 c0ffee/+=
                #5 0.2 from the environment: w0rd, ab stays
                """;

        var sent = send(
                printed,
                Map.of("FROM_ENV", "w0rd"),
                "--build-arg",
                "PASS=s3cr3t.*[a",
                "--build-arg=LONG=s3cr3t.*[a-longer",
                "--build-arg",
                "KEY=-----BEGIN KEY-----\nc0ffee/+=\n",
                "--build-arg",
                "FROM_ENV",
                "--build-arg",
                "NOT_SET",
                "--build-arg",
                "SHORT=ab",
                ".");

        assertThat(sent).isEqualTo("""
                #5 [2/2] RUN login ‹PASS› && echo ‹LONG›
                #5 0.1 ‹KEY›
                #5 0.1 ‹KEY›
                #5 0.2 from the environment: ‹FROM_ENV›, ab stays
                """);
    }

    @Test
    void namesOfAnyLettersGoIntoHeadersPercentEncoded() throws Exception {
        send(
                "#1 [1/1] RUN x\n",
                Map.of(
                        "CI_COMMIT_REF_NAME",
                        "feature/Ä 日本\n100%",
                        "GITHUB_REF_NAME",
                        "",
                        "CACHEWARDEN_LABEL",
                        "a\"b\\c"),
                ".");

        assertThat(Files.readString(work.resolve("config")))
                .contains(
                        "header = \"X-Cachewarden-Branch: feature/%C3%84%20%E6%97%A5%E6%9C%AC100%25\"",
                        "header = \"X-Cachewarden-Label: a%22b%5Cc\"", "header = \"Accept: text/plain\"")
                .containsPattern("header = \"X-Cachewarden-Started-At: [0-9T:.-]+Z\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"status":401,"title":"Not signed in","detail":"The token is \\"unknown\\"."} | 401 | The token is "unknown".
            <html>\\n<h1>502 Bad Gateway</h1></html>                                   | 502 | the server returned status 502
            {"a":1}                                                                   | 500 | the server returned status 500
            """)
    void errorIsOneLineInWords(String body, String status, String words) throws Exception {
        send("#1 [1/1] RUN x\n", Map.of("ANSWER", body + "\n" + status), ".");

        assertThat(Files.readString(work.resolve("output")))
                .isEqualTo("#1 [1/1] RUN x\ncachewarden: the upload failed: " + words + "\n");
    }

    @Test
    void answerIsPrintedLineByLine() throws Exception {
        send("#1 [1/1] RUN x\n", Map.of("ANSWER", "app: hit rate 50%\n/builds/7\n\n201"), ".");

        assertThat(Files.readString(work.resolve("output")))
                .isEqualTo("#1 [1/1] RUN x\ncachewarden: app: hit rate 50%\ncachewarden: /builds/7\n");
    }

    @Test
    void failedConnectionIsOneLine() throws Exception {
        send(
                "#1 [1/1] RUN x\n",
                Map.of("ANSWER", "curl: (7) Failed to connect to 127.0.0.1 port 1\n\n000", "CURL_STATUS", "7"),
                ".");

        assertThat(Files.readString(work.resolve("output")))
                .isEqualTo("#1 [1/1] RUN x\ncachewarden: the upload failed: Failed to connect to 127.0.0.1 port 1\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WARN\\nDisk of ci: 2.0 GiB of 1.0 TiB is free.\\n | cachewarden: warning: Disk of ci: 2.0 GiB of 1.0 TiB is free.
            OK\\nDisk of ci: 1.0 TiB of 2.0 TiB is free.\\n  | -
            UNKNOWN\\nDisk of ci: The free disk space is unknown.\\n | -
            {"status":403}                              | -
            """)
    void nearlyFullDiskIsReportedBeforeTheBuild(String room, String warning) throws Exception {
        sendAfter(
                warning.equals("-") ? "" : warning + "\n",
                "#1 [1/1] RUN x\n",
                Map.of("CACHEWARDEN_HOST", "ci 1/2", "ROOM", room, "ANSWER", "done\n201"),
                ".");

        assertThat(Files.readString(work.resolve("asked")))
                .isEqualTo("http://127.0.0.1:1/api/v1/hosts/ci%201%2F2/headroom\n");
        assertThat(Files.readString(work.resolve("output"))).endsWith("#1 [1/1] RUN x\ncachewarden: done\n");
    }

    /** What would be sent of a build that prints this. */
    private String send(String printed, Map<String, String> environment, String... arguments) throws Exception {
        return sendAfter("", printed, environment, arguments);
    }

    private String sendAfter(String before, String printed, Map<String, String> environment, String... arguments)
            throws Exception {
        Files.writeString(work.resolve("printed"), printed);
        shim("docker", "cat \"$PRINTED\" >&2");
        shim("curl", """
                for word; do
                  case $word in */headroom) echo "$word" >"$ASKED"; printf "$ROOM"; exit ;; esac
                done
                for word; do
                  case $word in @*) cp "${word#@}" "$SENT" ;; esac
                  [ "$before" = --config ] && cp "$word" "$CONFIG"
                  before=$word
                done
                printf '%s' "${ANSWER:-}"
                exit "${CURL_STATUS:-0}"
                """);
        var command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("output").toFile());
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        work + ":" + System.getenv("PATH"),
                        "PRINTED",
                        work.resolve("printed").toString(),
                        "ASKED",
                        work.resolve("asked").toString(),
                        "CONFIG",
                        work.resolve("config").toString(),
                        "SENT",
                        work.resolve("sent").toString(),
                        "CACHEWARDEN_TOKEN",
                        "x",
                        "CACHEWARDEN_URL",
                        "http://127.0.0.1:1"));

        assertThat(builder.start().waitFor()).isZero();

        assertThat(work.resolve("output")).content().startsWith(before + printed);
        return Files.readString(work.resolve("sent"));
    }

    private void shim(String name, String body) throws IOException {
        var file = work.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
