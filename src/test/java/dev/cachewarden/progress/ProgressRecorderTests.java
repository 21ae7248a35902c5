package dev.cachewarden.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressRecorderTests {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final ProgressLimits SMALL = new ProgressLimits(3, 2, 2, 2, 20, 4_000, 16, 32);

    private final ProgressRecorder recorder = new ProgressRecorder(ProgressLimits.DEFAULT);

    /** Seconds since the start; none for absent. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, false, '', WAITING, -",
                "1, -, false, '', RUNNING, -",
                "1, 3, false, '', DONE, PT2S",
                "1, 1, true,  '', CACHED, PT0S",
                "1, 3, false, 'process did not complete', FAILED, PT2S",
                "1, 3, false, 'process killed: context canceled', CANCELED, PT2S",
                "-, -, false, 'no such image', FAILED, -",
                "-, 3, false, '', DONE, -",
                "3, 1, false, '', DONE, PT0S",
            })
    void newestStateDecides(
            @Nullable Integer started,
            @Nullable Integer completed,
            boolean cached,
            String error,
            VertexState state,
            @Nullable String duration) {
        recorder.vertex(update("a", started, completed, cached, error));

        var vertex = vertex();
        assertThat(vertex.state()).isEqualTo(state);
        assertThat(vertex.duration()).isEqualTo(duration == null ? null : Duration.parse(duration));
        assertThat(vertex.error()).isEqualTo(error.isEmpty() ? null : error);
    }

    @Test
    void runsAddUpWithoutOverlaps() {
        recorder.vertex(update("a", 0, 2, false, ""));
        recorder.vertex(update("a", 10, null, false, ""));
        assertThat(vertex().state()).isEqualTo(VertexState.RUNNING);
        recorder.vertex(update("a", 10, 14, false, ""));
        recorder.vertex(update("a", 1, 4, false, ""));

        assertThat(vertex().runs()).containsExactly(run(0, 4), run(10, 14));
        assertThat(vertex().duration()).isEqualTo(Duration.ofSeconds(8));
        assertThat(vertex().state()).isEqualTo(VertexState.DONE);
    }

    @Test
    void runWithoutAnEndLastsUntilTheNextUpdate() {
        recorder.vertex(update("a", 0, null, false, ""));
        recorder.vertex(update("a", 5, 6, false, ""));

        assertThat(vertex().runs()).containsExactly(run(0, 6));
    }

    @Test
    void namingAVertexAgainResetsNothing() {
        recorder.vertex(update("a", 0, 2, true, ""));
        recorder.vertex(new VertexUpdate("a", "a whole name", List.of("b"), null, null, false, null));

        assertThat(vertex().state()).isEqualTo(VertexState.CACHED);
        assertThat(vertex().name()).isEqualTo("a whole name");
        assertThat(vertex().inputs()).containsExactly("b");
    }

    @Test
    void retriedVertexHasNotFailed() {
        recorder.vertex(update("a", 0, 2, false, "connection reset"));
        recorder.vertex(update("a", 3, 4, false, ""));

        assertThat(vertex().state()).isEqualTo(VertexState.DONE);
        assertThat(vertex().error()).isNull();
    }

    @Test
    void groupsAreOneVertex() {
        var group = new VertexUpdate.Group("g", "COPY --link", false);
        recorder.vertex(update("a", 0, 1, true, ""), group);
        recorder.vertex(new VertexUpdate("b", "b", List.of("a", "x"), at(1), null, false, null), group);
        assertThat(vertex().state()).isEqualTo(VertexState.RUNNING);
        recorder.vertex(update("b", 1, 3, true, ""), group);
        recorder.vertex(new VertexUpdate("c", "c", List.of("a", "b"), null, null, false, null));
        recorder.log("b", "printed".getBytes(UTF_8));

        var vertices = recorder.progress().vertices();
        assertThat(vertices).extracting(Vertex::id).containsExactly("g", "c");
        assertThat(vertices.getFirst().name()).isEqualTo("COPY --link");
        assertThat(vertices.getFirst().state()).isEqualTo(VertexState.CACHED);
        assertThat(vertices.getFirst().runs()).containsExactly(run(0, 3));
        assertThat(vertices.getFirst().inputs()).containsExactly("x");
        assertThat(vertices.getFirst().log()).isEqualTo("printed");
        assertThat(vertices.getLast().inputs()).containsExactly("g");
    }

    @Test
    void groupsOfWeakMembersStayHidden() {
        recorder.vertex(update("a", 0, 1, false, ""), new VertexUpdate.Group("g", "g", true));
        recorder.vertex(update("b", null, null, false, ""), new VertexUpdate.Group("g", "g", false));
        assertThat(recorder.progress().vertices()).isEmpty();

        recorder.vertex(update("b", 1, 2, false, "failed"), new VertexUpdate.Group("g", "g", false));
        assertThat(vertex().state()).isEqualTo(VertexState.FAILED);
    }

    @Test
    void partsReplaceThemselves() {
        recorder.vertex(update("a", 0, null, false, ""));
        recorder.status(new StatusUpdate("a", "layer", 5, 10, at(0), null));
        recorder.status(new StatusUpdate("a", "other", -5, 0, null, null));
        recorder.status(new StatusUpdate("a", "layer", 10, 10, at(0), at(3)));

        assertThat(vertex().statuses())
                .containsExactly(
                        new Vertex.Status("layer", 10, 10, Duration.ofSeconds(3), true),
                        new Vertex.Status("other", 0, 0, null, false));
    }

    @Test
    void piecesOfOutputAreJoined() {
        recorder.vertex(update("a", 0, null, false, ""));
        byte[] euro = "€".getBytes(UTF_8);
        recorder.log("a", "one ".getBytes(UTF_8));
        recorder.log("a", euro, 0, 1);
        recorder.log("a", euro, 1, 2);
        recorder.log("a", "\r\n\u001b[31mtwo\u001b[0m\n\n".getBytes(UTF_8));

        assertThat(vertex().log()).isEqualTo("one €\ntwo");
        assertThat(vertex().logCut()).isFalse();
    }

    @Test
    void logOfAnUnknownVertexIsAGap() {
        recorder.log("a", "lost".getBytes(UTF_8));

        assertThat(recorder.progress().vertices()).isEmpty();
        assertThat(recorder.progress().gaps())
                .containsExactly("The log refers to steps whose names are missing or were omitted.");
    }

    @Test
    void stepsThatStillRunAtTheEndAreAGap() {
        recorder.vertex(update("a", 0, null, false, ""));
        recorder.end();

        assertThat(recorder.progress().gaps())
                .containsExactly("The log ends before the build does: 1 of its steps did not end.");
        assertThat(recorder.progress().partial()).isTrue();
    }

    @Test
    void endOfOutputIsKeptFromABeginningOfALine() {
        var small = new ProgressRecorder(SMALL);
        small.vertex(update("a", 0, null, false, ""));
        for (int i = 1; i <= 1000; i++) {
            small.log("a", ("line " + i + "\n").getBytes(UTF_8));
        }

        assertThat(small.progress().vertices().getFirst().log()).isEqualTo("line 1000");
        assertThat(small.progress().vertices().getFirst().logCut()).isTrue();
        assertThat(small.progress().gaps()).isEmpty();
    }

    @Test
    void outputOfWhoHasBeenSilentForLongestGoesFirst() {
        var small = new ProgressRecorder(SMALL);
        for (String id : List.of("a", "b", "c")) {
            small.vertex(update(id, 0, null, false, ""));
        }
        small.log("a", "sixteen bytes aa".getBytes(UTF_8));
        small.log("b", "sixteen bytes bb".getBytes(UTF_8));
        small.log("a", "again, of step a".getBytes(UTF_8));
        small.log("c", "sixteen bytes cc".getBytes(UTF_8));

        assertThat(small.progress().vertices())
                .extracting(Vertex::log)
                .containsExactly("again, of step a", "", "sixteen bytes cc");
        assertThat(small.progress().gaps())
                .singleElement()
                .asString()
                .startsWith("The build printed more than Cachewarden keeps");
    }

    @Test
    void exceededLimitsAreReportedAsGaps() {
        var small = new ProgressRecorder(SMALL);
        for (int i = 0; i < 5; i++) {
            small.vertex(update("v" + i, 0, 1, false, ""));
            small.status(new StatusUpdate("v0", "s" + i, 0, 0, null, null));
            small.warning(new BuildProgress.Warning(null, "w" + i, null, null));
            small.vertex(update("v1", 10 * i, 10 * i + 1, false, ""));
        }
        small.vertex(update("v2", 0, 1, false, "an error of more than twenty characters"));

        var progress = small.progress();
        assertThat(progress.vertices()).hasSize(3);
        assertThat(progress.vertices().getFirst().statuses()).hasSize(2);
        assertThat(progress.warnings()).hasSize(2);
        assertThat(progress.vertices().get(1).runs()).hasSize(2);
        assertThat(progress.vertices().getLast().error()).isEqualTo("an error of more tha");
        assertThat(progress.gaps())
                .containsExactlyInAnyOrder(
                        "There are more than 3 steps. The rest is omitted.",
                        "There are more than 2 transfers of one step. The rest is omitted.",
                        "There are more than 2 warnings. The rest is omitted.",
                        "There are more than 2 runs of one step. The rest is omitted.",
                        "A name, an error or a warning is longer than 20 characters and was truncated.");
    }

    @Test
    void memoryOfAllTogetherIsLimited() {
        var limits = new ProgressLimits(100_000, 1_000, 1_000, 1_000, 1_000, 1 << 20, 1 << 10, 1 << 20);
        var many = new ProgressRecorder(limits);
        IntStream.range(0, 20_000).forEach(i -> many.vertex(update("n".repeat(200) + i, 0, 1, false, "")));

        assertThat(many.progress().vertices()).hasSizeBetween(1_000, 3_000);
        assertThat(many.progress().gaps())
                .contains("The build is too large to store completely: steps, transfers or warnings are missing.");
        assertThat(many.next().progress().vertices()).isEmpty();
        var next = many.next();
        next.vertex(update("another".repeat(50), 0, 1, false, ""));
        assertThat(next.progress().partial()).isTrue();
    }

    /** BuildKit finds that another build makes the same just now, and tells of that one's vertex instead. */
    @Test
    void anInstructionThatAnotherBuildMakesIsThereOnce() {
        recorder.vertex(update("[base 1/1] RUN make", null, null, false, ""));
        recorder.vertex(
                new VertexUpdate("b", "[1/2] RUN test", List.of("[base 1/1] RUN make"), null, null, false, null));
        recorder.vertex(update("[2/2] RUN pack", null, null, false, ""));
        recorder.vertex(new VertexUpdate("other", "[base 1/1] RUN make", List.of(), at(0), at(2), false, null));

        assertThat(recorder.progress().vertices())
                .extracting(vertex -> vertex.id() + " " + vertex.state() + " " + vertex.inputs())
                .containsExactly("b WAITING [other]", "[2/2] RUN pack WAITING []", "other DONE []");
    }

    private Vertex vertex() {
        var vertices = recorder.progress().vertices();
        assertThat(vertices).hasSize(1);
        return vertices.getFirst();
    }

    private static VertexUpdate update(
            String id, @Nullable Integer started, @Nullable Integer completed, boolean cached, String error) {
        return new VertexUpdate(
                id,
                id,
                List.of(),
                started == null ? null : at(started),
                completed == null ? null : at(completed),
                cached,
                error);
    }

    private static Vertex.Run run(int started, int completed) {
        return new Vertex.Run(at(started), at(completed));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
