package dev.cachewarden.progress.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One Dockerfile built twice on one builder: one after the other, and two at once, when BuildKit makes once what both need and tells each of
 * it. Some steps have the same digest in all builds, as they take nothing from the build context.
 */
class BesideTests {

    private static final String MIXED =
            "The log mixes lines of several builds, so some steps may belong to another build.";

    private static final String[] INSTRUCTIONS = {
        "[notes 1/1] COPY <<TEXT /note",
        "[base 1/2] COPY busybox nonce /bin/",
        "[base 2/2] RUN /bin/busybox --install -s /bin",
        "[packages 1/1] RUN sleep 1; echo \"fetching\" | tee /packages",
        "[web 1/3] COPY --from=notes /note /note",
        "[web 2/3] COPY --from=packages /packages /packages",
        "[web 3/3] RUN echo \"building web\" && sleep 1"
    };

    /** Of the second some steps come before it loads its Dockerfile: the first had made them by then. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "26.1/one.plain",
                "26.1/other.plain",
                "26.1/one.rawjson",
                "26.1/other.rawjson",
                "28.5/one.plain",
                "28.5/other.plain",
                "28.5/one.rawjson",
                "28.5/other.rawjson"
            })
    void aBuildThatSharesStepsWithOneBesideItIsOneBuildWithEachStepOnce(String log) throws IOException {
        var builds = read(log);

        assertThat(builds).singleElement().satisfies(build -> {
            assertThat(instructions(build)).containsExactlyInAnyOrder(INSTRUCTIONS);
            assertThat(build.vertices())
                    .hasSize(12)
                    .extracting(Vertex::state)
                    .containsOnly(VertexState.DONE, VertexState.CACHED);
            assertThat(build.gaps()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.1/other.rawjson", "28.5/other.rawjson"})
    void whatWasMadeByAnotherBuildIsWhatStepsDependOn(String log) throws IOException {
        var build = read(log).getFirst();
        var ids = build.vertices().stream().map(Vertex::id).toList();

        // The first step took the files that the other build had sent, which only that one's log tells of.
        assertThat(build.vertices())
                .filteredOn(vertex -> !vertex.name().startsWith("[base 1/2]"))
                .allSatisfy(vertex -> assertThat(ids).containsAll(vertex.inputs()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.1/rows.plain", "26.1/rows.rawjson", "28.5/rows.plain", "28.5/rows.rawjson"})
    void oneAfterTheOtherAreTwo(String log) throws IOException {
        assertThat(read(log))
                .hasSize(2)
                .allSatisfy(build -> {
                    assertThat(instructions(build)).containsExactlyInAnyOrder(INSTRUCTIONS);
                    assertThat(build.gaps()).isEmpty();
                })
                .last()
                .satisfies(build -> assertThat(build.vertices())
                        .filteredOn(vertex -> vertex.name().contains("/3] "))
                        .extracting(Vertex::state)
                        .containsOnly(VertexState.CACHED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.1/mixed.plain", "26.1/mixed.rawjson", "28.5/mixed.plain", "28.5/mixed.rawjson"})
    void concurrentBuildsInOneLogArePartial(String log) throws IOException {
        assertThat(read(log))
                .hasSize(2)
                .allSatisfy(build -> assertThat(build.gaps()).contains(MIXED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.1/mixed.rawjson", "28.5/mixed.rawjson"})
    void separatesMixedLinesByDigest(String log) throws IOException {
        assertThat(read(log).getFirst()).satisfies(build -> {
            assertThat(instructions(build)).containsExactlyInAnyOrder(INSTRUCTIONS);
            assertThat(build.vertices()).extracting(Vertex::state).containsOnly(VertexState.DONE, VertexState.CACHED);
            assertThat(build.gaps()).containsExactly(MIXED);
        });
    }

    /** Lines of two files taken in turns; of the same second, as both built at once. */
    @ParameterizedTest
    @CsvSource({"26.1, 1", "26.1, 3", "28.5, 1", "28.5, 3"})
    void alternatingLinesArePartial(String engine, int atOnce) throws IOException {
        for (String format : List.of("plain", "rawjson")) {
            var one = List.of(text(engine + "/one." + format).split("\n"));
            var other = List.of(text(engine + "/other." + format).split("\n"));
            var mixed = new StringBuilder();
            for (int at = 0; at < Math.max(one.size(), other.size()); at += atOnce) {
                for (var lines : List.of(one, other)) {
                    lines.subList(Math.min(at, lines.size()), Math.min(at + atOnce, lines.size()))
                            .forEach(line -> mixed.append(line).append('\n'));
                }
            }

            assertThat(RecordedLog.read(mixed.toString().getBytes(StandardCharsets.UTF_8)))
                    .as(format)
                    .anyMatch(BuildProgress::partial);
        }
    }

    @ParameterizedTest
    @CsvSource({"26.1/one", "28.5/other", "28.5/one"})
    void aBuildThatBreaksOffIsNotTakenForMixedWithTheNext(String name) throws IOException {
        for (String format : List.of(".plain", ".rawjson")) {
            String log = text(name + format);
            var both = new ByteArrayOutputStream();
            // In the middle of the step that takes longest, at the end of an object.
            int end = format.equals(".plain") ? log.indexOf("fetching") : log.lastIndexOf("\"logs\"");
            int cut = log.startsWith("{\n") ? log.lastIndexOf("\n{\n", end) : log.lastIndexOf('\n', end);
            both.write(log.substring(0, cut + 1).getBytes(StandardCharsets.UTF_8));
            both.write(bytes(name.substring(0, 5) + "rows" + format));
            var builds = RecordedLog.read(both.toByteArray());

            assertThat(builds).as(format).hasSize(3);
            assertThat(builds.getFirst().gaps()).doesNotContain(MIXED);
            assertThat(builds.subList(1, 3)).isEqualTo(read(name.substring(0, 5) + "rows" + format));
        }
    }

    private static List<String> instructions(BuildProgress build) {
        return build.vertices().stream()
                .map(Vertex::name)
                .filter(name -> name.matches("\\[\\S+ \\d/\\d] .*"))
                .toList();
    }

    private static List<BuildProgress> read(String name) throws IOException {
        return RecordedLog.read(bytes(name));
    }

    private static String text(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) throws IOException {
        try (var log = BesideTests.class.getResourceAsStream("/dev/cachewarden/progress/beside/" + name)) {
            return Objects.requireNonNull(log, name).readAllBytes();
        }
    }
}
