package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.ProgressRecorder;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexUpdate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTests {

    private static final Instant BEGUN = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            TOKEN   | s3cr3t-token-value | RUN curl -H s3cr3t-token-value x  | RUN curl -H ‹TOKEN› x
            TOKEN   | s3cr3t-token-value | RUN echo as3cr3t-token-valueb     | RUN echo a‹TOKEN›b
            VERSION | 1.2                | RUN get app-1.2.tgz               | RUN get app-‹VERSION›.tgz
            VERSION | 1.2                | RUN get app-11.25.tgz             | RUN get app-11.25.tgz
            DEBUG   | 1                  | RUN make -j1                      | RUN make -j1
            MODE    | prod               | RUN products && mode=prod         | RUN products && mode=‹MODE›
            REGEX   | a.*b$(x)[          | RUN echo a.*b$(x)[ axxb           | RUN echo ‹REGEX› axxb
            EMPTY   | ``                 | RUN true                          | RUN true
            """)
    void takesValuesOut(String name, String value, String text, String redacted) {
        assertThat(Redaction.of(Map.of(name, value)).text(text)).isEqualTo(redacted);
    }

    @Test
    void takesTheLongerValueFirst() {
        var redaction = Redaction.of(Map.of("USER", "builder", "URL", "https://builder:pw@host/x"));

        assertThat(redaction.text("RUN get https://builder:pw@host/x as builder"))
                .isEqualTo("RUN get ‹URL› as ‹USER›");
    }

    @Test
    void leavesNoValueAnywhereInABuild() {
        var recorder = new ProgressRecorder(ProgressLimits.DEFAULT);
        recorder.vertex(new VertexUpdate(
                "sha256:a",
                "[1/2] RUN login hunter22",
                List.of(),
                BEGUN,
                BEGUN.plusSeconds(1),
                false,
                "failed: hunter22"));
        recorder.log("sha256:a", "using hunter22\n".getBytes(StandardCharsets.UTF_8));
        recorder.warning(new BuildProgress.Warning("sha256:a", "secret hunter22 in ARG", null, 3));

        BuildProgress redacted = Redaction.of(Map.of("PASSWORD", "hunter22")).progress(recorder.progress());

        assertThat(redacted.toString()).doesNotContain("hunter22").contains("‹PASSWORD›");
        assertThat(redacted.vertices()).extracting(Vertex::log).containsExactly("using ‹PASSWORD›");
    }

    @Test
    void redactsSecretsThatAreNotArguments() {
        var recorder = new ProgressRecorder(ProgressLimits.DEFAULT);
        recorder.vertex(new VertexUpdate(
                "sha256:a",
                "[1/2] RUN DB_PASSWORD=hunter22 VERSION=1.2.3 make",
                List.of(),
                BEGUN,
                BEGUN.plusSeconds(1),
                false,
                "git clone https://me:hunter22@git.example/a failed"));
        recorder.log("sha256:a", "login --password hunter22\n".getBytes(StandardCharsets.UTF_8));
        recorder.failed("process \"DB_PASSWORD=hunter22 make\" failed");

        var redacted = Redaction.of(Map.of("VERSION", "1.2.3")).progress(recorder.progress());

        assertThat(redacted.toString()).doesNotContain("hunter22");
        assertThat(redacted.vertices())
                .extracting(Vertex::name)
                .containsExactly("[1/2] RUN DB_PASSWORD=‹DB_PASSWORD› VERSION=‹VERSION› make");
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:token@git.example/a/b.git, https://git.example/a/b.git",
        "https://git.example/a/b.git, https://git.example/a/b.git",
        "ssh://git@git.example/a/b, ssh://git.example/a/b",
    })
    void addressesLoseWhoAsks(String address, String redacted) {
        assertThat(Redaction.address(address)).isEqualTo(redacted);
    }

    @Test
    void digestsDifferByKeyNameAndValue() {
        var digests = new ArgumentDigests("key".getBytes(StandardCharsets.UTF_8));
        var others = new ArgumentDigests("other".getBytes(StandardCharsets.UTF_8));

        var one = digests.of(Map.of("A", "x", "B", "x"));

        assertThat(one).isEqualTo(digests.of(Map.of("B", "x", "A", "x")));
        assertThat(one.get("A")).isNotEqualTo(one.get("B")).hasSize(24);
        assertThat(one)
                .isNotEqualTo(digests.of(Map.of("A", "y", "B", "x")))
                .isNotEqualTo(others.of(Map.of("A", "x", "B", "x")));
    }
}
