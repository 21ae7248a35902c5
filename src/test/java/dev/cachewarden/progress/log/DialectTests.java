package dev.cachewarden.progress.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dialects and orders of lines that were not recorded, but are made of what was. */
class DialectTests {

    static Stream<RecordedLog> rawjson() {
        return RecordedLog.rawjson().stream().filter(log -> !log.name().contains("odd"));
    }

    /** By grammar, not recorded: no client of 18.09 could be had. */
    @ParameterizedTest
    @MethodSource("rawjson")
    void docker1809MatchesRawjson(RecordedLog log) {
        var build = log.build();
        var old = RecordedLog.read(OldDialects.docker1809(build).getBytes(UTF_8));

        assertThat(old).hasSize(1);
        // What failed before any instruction only the client tells, of which there is nothing here.
        assertThat(old.getFirst().gaps())
                .hasSize(log.name().contains("broken") ? 1 : 0)
                .allMatch(BuildProgress.STOPS_EARLY::equals);
        assertThat(old.getFirst().vertices().stream().map(DialectTests::withTimes))
                .containsExactlyInAnyOrderElementsOf(build.vertices().stream()
                        .filter(vertex -> vertex.state() != VertexState.WAITING)
                        .map(DialectTests::withTimes)
                        .toList());
    }

    private static List<Object> withTimes(Vertex vertex) {
        return List.of(
                vertex.id(),
                vertex.name(),
                vertex.state(),
                vertex.runs(),
                String.valueOf(vertex.duration()),
                String.valueOf(vertex.error()),
                vertex.log());
    }

    /** By grammar: CLI 18.09 and 19.03 name the next vertex where they leave one. */
    @Test
    void numberOfTheNextVertexMayLeaveThePresentOne() {
        String log = """

                #1 [1/2] RUN slow
                #1 0.1 half a
                #2 ...

                #2 [2/2] RUN quick
                #2 DONE 0.2s

                #1 [1/2] RUN slow
                #1 0.1 half a line
                #1 DONE 3.4s
                """;

        assertThat(RecordedLog.read(log.getBytes(UTF_8)).getFirst().vertices())
                .extracting(
                        vertex -> vertex.name() + ": " + vertex.state() + " " + vertex.duration() + " " + vertex.log())
                .containsExactly("[1/2] RUN slow: DONE PT3.4S half a line", "[2/2] RUN quick: DONE PT0.2S ");
    }

    /** As people copy the end of a log: numbers rise from one in a whole log. */
    @Test
    void reportsALogWithoutItsFirstVertex() {
        String whole = """
                #2 [internal] load .dockerignore
                #2 DONE 0.1s

                #1 [internal] load build definition from Dockerfile
                #1 DONE 0.0s

                #3 [1/1] RUN make
                #3 DONE 3.0s
                """;
        String end = whole.substring(whole.indexOf("#3"));

        assertThat(RecordedLog.read(whole.getBytes(UTF_8)).getFirst().gaps()).isEmpty();
        assertThat(RecordedLog.read(end.getBytes(UTF_8)).getFirst().gaps())
                .containsExactly("The log begins in the middle of a build. Earlier steps are missing.");
    }

    /** As reports and tools do that leave out steps. buildx 0.11 and newer number each step that they print. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#0 building with \"default\" instance using docker driver\n\n#1 [internal] load build definition from Dockerfile",
                "#1 [internal] load local bake definitions"
            })
    void reportsSkippedStepNumbers(String beginning) {
        String rest = """

                #1 DONE 0.1s

                #3 [internal] load .dockerignore
                #3 DONE 0.0s

                #6 [2/2] RUN make gears
                #6 DONE 3.0s

                #7 exporting to image
                #7 DONE 0.1s
                """;

        assertThat(RecordedLog.read((beginning + rest).getBytes(UTF_8)))
                .singleElement()
                .extracting(BuildProgress::gaps)
                .isEqualTo(List.of("The log shows 4 of its first 7 steps. It skips the numbers of the others."));
    }

    /** Older versions also number steps that never start, such as those behind a failed one. */
    @Test
    void anOldLogMaySkipNumbers() {
        String log = """
                #1 [internal] load build definition from Dockerfile
                #1 DONE 0.1s

                #4 [1/2] RUN make gears
                #4 ERROR: exit code: 2
                """;

        assertThat(RecordedLog.read(log.getBytes(UTF_8)).getFirst().gaps()).isEmpty();
    }

    /** As people copy the end of a log that failed: what a step printed, but not its header. */
    @ParameterizedTest
    @ValueSource(strings = {" > ", "> "})
    void stepWithoutHeaderThatFailedIsNamedByTheSummary(String mark) {
        String log = """
                #14 61.20 linking the parts
                #14 62.75 ld: cannot find -lgear
                #14 ERROR: process "/bin/sh -c make gear" did not complete successfully: exit code: 2
                ------
                 > [build 5/7] RUN make gear:
                #14 62.75 ld: cannot find -lgear
                ------
                Dockerfile:9
                """;

        var builds = RecordedLog.read(log.replace(" > ", mark).getBytes(UTF_8));

        assertThat(builds).hasSize(1);
        assertThat(builds.getFirst().vertices())
                .extracting(vertex -> vertex.name() + ": " + vertex.state() + " " + vertex.error())
                .containsExactly(
                        "[build 5/7] RUN make gear: FAILED process \"/bin/sh -c make gear\" did not complete successfully: exit code: 2");
        assertThat(builds.getFirst().gaps())
                .containsExactly("The log begins in the middle of a build. Earlier steps are missing.");
    }

    /** By grammar: up to buildx 0.10 what failed is repeated at the end with the number before each line. */
    @Test
    void repetitionAtTheEndIsNotPrintedTwice() {
        String text = new String(new RecordedLog("28.5/failing.plain").bytes(), UTF_8);
        int from = text.indexOf('\n', text.indexOf("\n > ") + 1) + 1;
        int to = text.indexOf("------", from);
        String repeated = text.substring(from, to).replaceAll("(?m)^(?=.)", "#6 ");
        String old = text.substring(0, from) + repeated + text.substring(to);

        assertThat(repeated).contains("#6 0.").contains("seq: invalid option");
        assertThat(RecordedLog.read(old.getBytes(UTF_8)))
                .containsExactly(new RecordedLog("28.5/failing.plain").build());
    }

    /** By grammar: a frontend that the Dockerfile names has it loaded once more, as another vertex of the same name. */
    @Test
    void frontendOfItsOwnMakesNoOtherBuild() {
        String json = """
                {"vertexes":[{"digest":"a","name":"[internal] load build definition from Dockerfile","started":"2026-01-01T00:00:00Z"}]}
                {"vertexes":[{"digest":"b","name":"resolve image config for docker-image://docker.io/docker/dockerfile:1",\
                "started":"2026-01-01T00:00:01Z"}]}
                {"vertexes":[{"digest":"c","name":"[internal] load build definition from Dockerfile","started":"2026-01-01T00:00:02Z"}]}
                """;
        String plain = """
                #1 [internal] load build definition from Dockerfile
                #1 DONE 0.1s

                #2 resolve image config for docker-image://docker.io/docker/dockerfile:1
                #2 DONE 0.1s

                #3 [internal] load build definition from Dockerfile
                #3 DONE 0.1s
                """;

        assertThat(RecordedLog.read(json.getBytes(UTF_8)))
                .singleElement()
                .matches(build -> build.vertices().size() == 3);
        assertThat(RecordedLog.read(plain.getBytes(UTF_8)))
                .singleElement()
                .matches(build -> build.vertices().size() == 3);
    }

    /** By grammar: each node of a builder that has several loads the Dockerfile, and names none. */
    @Test
    void nodesOfOneBuilderMakeOneBuildInAPlainLog() {
        String log = """
                #0 building with "farm" instance using docker-container driver

                #1 [amd internal] booting buildkit
                #1 DONE 0.1s

                #2 [internal] load build definition from Dockerfile
                #2 DONE 0.1s

                #3 [internal] load build definition from Dockerfile
                #3 DONE 0.1s

                #4 [internal] load .dockerignore
                #4 DONE 0.1s

                #5 [linux/arm64 1/1] COPY a b
                #5 DONE 0.2s

                #6 [internal] load .dockerignore
                #6 DONE 0.1s

                #7 [linux/amd64 1/1] COPY a b
                #7 DONE 0.2s

                #8 merging manifest list example.org/app
                #8 DONE 0.1s
                """;

        assertThat(RecordedLog.read(log.getBytes(UTF_8))).singleElement().satisfies(build -> {
            assertThat(build.vertices()).hasSize(8);
            assertThat(build.gaps()).isEmpty();
        });
    }

    /** One builder builds for two platforms; what is the same for both is made once. */
    @ParameterizedTest
    @ValueSource(strings = {"platforms.plain", "platforms.rawjson", "platforms-live.plain", "platforms-live.rawjson"})
    void platformsOfOneBuilderMakeOneBuild(String name) {
        assertThat(RecordedLog.read(new RecordedLog("28.5-containerd/" + name).bytes()))
                .singleElement()
                .satisfies(build -> {
                    assertThat(build.vertices())
                            .hasSize(10)
                            .extracting(Vertex::name)
                            .contains(
                                    "[linux/amd64 packages 1/1] COPY nonce /packages-amd64",
                                    "[linux/arm64 packages 1/1] COPY nonce /packages-arm64");
                    assertThat(build.gaps()).isEmpty();
                });
    }

    static Stream<RecordedLog> orderly() {
        return RecordedLog.plain().stream()
                .filter(log -> Stream.of("odd", "parallel", "noisy", "broken", "warned", "pulled", "20.10/")
                        .noneMatch(log.name()::contains));
    }

    @ParameterizedTest
    @MethodSource("orderly")
    void verticesInTurnsAreTheSame(RecordedLog log) {
        String text = new String(log.bytes(), ISO_8859_1);
        for (int seed = 0; seed < 20; seed++) {
            assertThat(SameBuild.asPrinted(mixed(text, seed, true))).isEqualTo(SameBuild.asPrinted(log.build()));
            assertThat(SameBuild.asPrinted(mixed(text, seed, false))).isEqualTo(SameBuild.asPrinted(log.build()));
        }
    }

    private static BuildProgress mixed(String text, int seed, boolean headers) {
        var builds = RecordedLog.read(
                OldDialects.interleaved(text, new Random(seed), headers).getBytes(ISO_8859_1));
        assertThat(builds).hasSize(1);
        return builds.getFirst();
    }
}
