package dev.cachewarden.build.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.BuildSettings;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.progress.log.ProgressReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Hashes that are stored must stay what they are: these were, and change only together with a reason to forget all logs sent before. */
class ContentHashTests {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final UploadedLog NO_METADATA =
            new UploadedLog(null, null, null, null, null, null, null, false, null, null);

    @Test
    void isOfTheStatedText() throws NoSuchAlgorithmException {
        var uploadedLog = new UploadedLog(
                "shop/wéb",
                new BuilderId(7),
                "main",
                "abc",
                "cold",
                "Dockerfile",
                "app",
                true,
                NOON,
                Duration.ofSeconds(9));
        var output = new BuildProgress(
                "app",
                List.of(
                        new Vertex(
                                "#1",
                                "[1/2] RUN make",
                                List.of("#0", "#2"),
                                VertexState.FAILED,
                                List.of(
                                        new Vertex.Run(NOON, NOON.plusMillis(1_500)),
                                        new Vertex.Run(NOON.plusSeconds(2), null)),
                                Duration.ofMillis(1_500),
                                "exit code: 1",
                                List.of(
                                        new Vertex.Status("sha256:a", 5, 10, Duration.ofMillis(40), false),
                                        new Vertex.Status("exporting", 0, 0, null, true)),
                                "one\ntwo",
                                true),
                        new Vertex(
                                "#2",
                                "internal",
                                List.of(),
                                VertexState.CACHED,
                                List.of(),
                                null,
                                null,
                                List.of(),
                                "",
                                false)),
                List.of(
                        new BuildProgress.Warning("#1", "careful", "https://docs.docker.com/x", 3),
                        new BuildProgress.Warning(null, "so", null, null)),
                "failed to solve",
                List.of("cut off", "and more"));

        assertThat(ContentHash.of(uploadedLog, 1, output))
                .isEqualTo(sha256("[0, shop/wéb, 7, 2026-11-20T12:00:00Z, BuildProgress[target=app,"
                        + " vertices=[Vertex[id=#1, name=[1/2] RUN make, inputs=[#0, #2], state=FAILED,"
                        + " runs=[VertexRun[started=2026-11-20T12:00:00Z, completed=2026-11-20T12:00:01.500Z],"
                        + " VertexRun[started=2026-11-20T12:00:02Z, completed=null]], duration=PT1.5S, error=exit code: 1,"
                        + " statuses=[VertexStatus[id=sha256:a, current=5, total=10, duration=PT0.04S, done=false],"
                        + " VertexStatus[id=exporting, current=0, total=0, duration=null, done=true]], log=one\ntwo, logCut=true],"
                        + " Vertex[id=#2, name=internal, inputs=[], state=CACHED, runs=[], duration=null, error=null, statuses=[], log=,"
                        + " logCut=false]], warnings=[ProgressWarning[vertex=#1, text=careful, url=https://docs.docker.com/x, line=3],"
                        + " ProgressWarning[vertex=null, text=so, url=null, line=null]], failure=failed to solve,"
                        + " gaps=[cut off, and more]]]"));
    }

    /** As it was stored when hashes were made of what records printed. */
    @Test
    void hashOfARecordedLogIsStable() {
        assertThat(HexFormat.of().formatHex(ContentHash.of(NO_METADATA, 0, recorded())))
                .isEqualTo("faaaf4cf2a0a045dec19f79990d1fd79be4cacb8aa17643ccab79b2ce4421aca");
    }

    private static BuildProgress recorded() {
        var reader = new ProgressReader(BuildSettings.LIMITS);
        try (var log = ContentHashTests.class.getResourceAsStream("/dev/cachewarden/progress/log/28.5/first.rawjson")) {
            byte[] bytes = Objects.requireNonNull(log).readAllBytes();
            reader.feed(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reader.finish().getFirst();
    }

    private static byte[] sha256(String text) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
