package dev.cachewarden.progress.log;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of each recording, as counts of how its vertices ended: done, cached, failed, canceled, and never begun. */
class RecordedLogTests {

    @ParameterizedTest
    @CsvSource({
        "first, 14, 0, 0, 0",
        "unchanged, 4, 10, 0, 0",
        "code-changed, 7, 7, 0, 0",
        "requirements-changed, 10, 4, 0, 0",
        "argument-changed, 6, 8, 0, 0",
        "forced, 14, 0, 0, 0",
        "odd, 7, 1, 0, 0",
        "parallel, 12, 0, 0, 0",
        "noisy, 6, 0, 0, 0",
        "failing, 5, 0, 1, 0",
        "warned, 6, 0, 0, 0",
        "canceled, 4, 0, 1, 1",
    })
    void countsOnEveryEngine(String name, int done, int cached, int failed, int canceled) {
        for (String engine : new String[] {"20.10", "26.1", "28.5"}) {
            var build = new RecordedLog(engine + "/" + name + ".plain").build();

            assertThat(counts(build)).as(engine).isEqualTo(counts(done, cached, failed, canceled));
            assertThat(build.gaps()).as(engine).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "20.10/exported.plain, 14, 0, 0, 0",
        "26.1/exported.plain, 13, 1, 0, 0",
        "28.5/exported.rawjson, 13, 1, 0, 0",
        "28.5/cache-missing.plain, 13, 0, 1, 0",
        "28.5/cache-missing.rawjson, 13, 0, 1, 0",
        "20.10/broken.plain, 2, 0, 0, 0",
        "26.1/broken.plain, 1, 0, 0, 0",
        "28.5/broken.plain, 1, 0, 0, 0",
        "20.10/first-cut.plain, 14, 0, 0, 0",
        "20.10/unchanged-cut.plain, 4, 10, 0, 0",
        "26.1/first-live.rawjson, 14, 0, 0, 0",
        "28.5/first-live.rawjson, 14, 0, 0, 0",
        "28.5/unchanged-live.rawjson, 4, 10, 0, 0",
        "28.5/canceled-live.rawjson, 4, 0, 1, 1",
        "28.5-containerd/linked.plain, 9, 0, 0, 0",
        "28.5-containerd/linked-live.rawjson, 9, 0, 0, 0",
        "28.5-containerd/linked-unchanged.rawjson, 4, 5, 0, 0",
        "28.5-containerd/cache-exported.plain, 14, 1, 0, 0",
        "28.5-containerd/cache-imported.plain, 5, 10, 0, 0",
        "28.5-containerd/pulled.plain, 6, 0, 0, 0",
    })
    void counts(String name, int done, int cached, int failed, int canceled) {
        var build = new RecordedLog(name).build();

        assertThat(counts(build)).isEqualTo(counts(done, cached, failed, canceled));
        assertThat(build.gaps()).isEmpty();
    }

    /** What was never begun only shows as rawjson. */
    private static String counts(BuildProgress build) {
        return Arrays.stream(VertexState.values())
                .filter(state -> state != VertexState.WAITING)
                .map(state -> state + " "
                        + build.vertices().stream()
                                .filter(vertex -> vertex.state() == state)
                                .count())
                .collect(joining(", "));
    }

    private static String counts(int done, int cached, int failed, int canceled) {
        return "RUNNING 0, CACHED %d, DONE %d, FAILED %d, CANCELED %d".formatted(cached, done, failed, canceled);
    }

    static Stream<RecordedLog> both() {
        return RecordedLog.rawjson().stream();
    }

    @ParameterizedTest
    @MethodSource("both")
    void plainAndRawjsonOfABuildMatch(RecordedLog rawjson) {
        var plain = rawjson.asPlain();

        assertThat(SameBuild.asPrinted(plain.build())).isEqualTo(SameBuild.asPrinted(rawjson.build()));
    }

    @ParameterizedTest
    @CsvSource({"20.10", "26.1", "28.5"})
    void linesInterruptedByAnotherVertexAreWhole(String engine) {
        var build = new RecordedLog(engine + "/parallel.plain").build();
        var left = new StringBuilder();
        var right = new StringBuilder();
        for (int i = 1; i <= 60; i++) {
            left.append("left ").append(i).append(" begins, left ").append(i).append(" ends\n");
            right.append("right ").append(i).append('\n');
        }

        assertThat(vertex(build, "[left 1/1]").log()).isEqualTo(left.toString().stripTrailing());
        assertThat(vertex(build, "[right 1/1]").log())
                .isEqualTo(right.toString().stripTrailing());
    }

    @ParameterizedTest
    @CsvSource({"20.10/odd.plain", "26.1/odd.plain", "26.1/odd.rawjson", "28.5/odd.plain", "28.5/odd.rawjson"})
    void whatStepsPrintIsTakenForNothingElse(String name) {
        var build = new RecordedLog(name).build();

        assertThat(vertex(build, "[2/4]").log()).isEqualTo("no line end");
        assertThat(vertex(build, "[3/4]").log())
                .isEqualTo(
                        "half a line and the rest\nwindows\nbar 1%\rbar 2%\nred\ncaf\uFFFD not UTF-8 \uFFFD\n#2 DONE 1.0s\n\n"
                                + "CACHED\n------\n > [x]:\n\u00e4\u20ac\n{\"vertexes\":[{}]}");
        assertThat(vertex(build, "[4/4]").log().lines()).anyMatch(line -> line.contains("dangling"));
    }

    @ParameterizedTest
    @CsvSource({"20.10/failing.plain", "26.1/failing.rawjson", "28.5/failing.plain"})
    void failedStepsHaveAnError(String name) {
        var failed = vertex(new RecordedLog(name).build(), "[3/4]");

        assertThat(failed.error()).endsWith("exit code: 1").contains("busybox seq -f '%.0f'");
        assertThat(failed.log()).startsWith("seq: invalid option -- 'f'\n").endsWith("\t-s SEP\tString separator");
    }

    @ParameterizedTest
    @CsvSource({"28.5/warned.plain", "28.5/warned.rawjson"})
    void warningsNameTheirLine(String name) {
        assertThat(new RecordedLog(name).build().warnings())
                .extracting(warning -> warning.line() + " " + warning.text())
                .containsExactly(
                        "1 ConsistentInstructionCasing: Command 'from' should match the case of the command majority (uppercase) (line 1)",
                        "3 LegacyKeyValueFormat: \"ENV key=value\" should be used instead of legacy \"ENV key value\" format (line 3)",
                        "4 SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ENV \"API_TOKEN\") (line 4)",
                        "6 JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals"
                                + " (line 6)");
    }

    @ParameterizedTest
    @CsvSource({"28.5-containerd/linked.rawjson", "28.5-containerd/linked-live.rawjson"})
    void groupsDependOnWhatTheirMembersDependOn(String name) {
        var build = new RecordedLog(name).build();
        var one = vertex(build, "[stage-2 1/3]");

        assertThat(one.inputs())
                .contains(
                        vertex(build, "[base 1/1]").id(),
                        vertex(build, "[made 1/1]").id());
        assertThat(vertex(build, "[stage-2 2/3]").inputs()).contains(one.id());
    }

    @ParameterizedTest
    @CsvSource({"20.10/first.plain", "20.10/unchanged.plain"})
    void docker2010LogsHaveDigests(String name) {
        assertThat(new RecordedLog(name).build().vertices())
                .allMatch(vertex -> vertex.id().matches("sha256:[0-9a-f]{64}"));
    }

    private static Vertex vertex(BuildProgress build, String beginning) {
        return build.vertices().stream()
                .filter(vertex -> vertex.name().startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }
}
