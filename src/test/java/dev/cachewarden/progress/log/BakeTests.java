package dev.cachewarden.progress.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two targets built at once by bake, as its client printed them, held against what the builder's history has of each. On 28.5 they shared all
 * that is the same; on 26.1 both began, and one was found to be the other's.
 */
class BakeTests {

    private static final String SHARED = "Steps shared with other targets may be missing."
            + " Upload the log of --progress=rawjson to see all steps.";

    @ParameterizedTest
    @CsvSource({"28.5, plain", "28.5, rawjson", "26.1, plain", "26.1, rawjson"})
    void eachTargetIsABuildWithItsInstructions(String engine, String format) throws IOException {
        var builds = read(engine + "/all." + format);

        assertThat(builds).extracting(BuildProgress::target).containsExactlyInAnyOrder("web", "api");
        assertThat(builds).allSatisfy(build -> {
            String last = "web".equals(build.target())
                    ? "[web 1/3] COPY --from=notes /note /note, [web 2/3] COPY --from=packages /packages /packages,"
                            + " [web 3/3] RUN echo \"building web\" && sleep 1"
                    : "[api 1/3] COPY --from=packages /packages /packages, [api 2/3] COPY --from=notes /note /note,"
                            + " [api 3/3] RUN echo \"building api\" && sleep 1";
            RecordedTargetsTests.assertAllOrAGap(
                    build,
                    instructions(build),
                    List.of(("[notes 1/1] COPY <<TEXT /note, [base 1/2] COPY busybox nonce /bin/,"
                                    + " [base 2/2] RUN /bin/busybox --install -s /bin,"
                                    + " [packages 1/1] RUN sleep 1; echo \"fetching\" | tee /packages, "
                                    + last)
                            .split(", ")));
            assertThat(format.equals("rawjson") && build.partial()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({"28.5, plain", "28.5, rawjson", "26.1, plain", "26.1, rawjson"})
    void stepsEndedAsTheBuilderRemembersThem(String engine, String format) throws IOException {
        for (var build : read(engine + "/all." + format)) {
            var history = read(engine + "/" + format + "-" + build.target() + ".rawjson")
                    .getFirst();
            // It remembers also what was found to be another's, under the same name, and forgets how what is shared
            // ended.
            var remembered = history.vertices().stream()
                    .map(vertex -> vertex.name() + " " + vertex.state())
                    .map(vertex -> vertex.replace("RUNNING", "DONE"))
                    .collect(Collectors.toSet());

            assertThat(build.vertices())
                    .extracting(vertex -> vertex.name() + " " + vertex.state())
                    .isSubsetOf(remembered);
        }
    }

    @ParameterizedTest
    @CsvSource({"28.5", "26.1"})
    void ofRawjsonNothingIsMissingThatTheBuilderRemembers(String engine) throws IOException {
        for (var build : read(engine + "/all.rawjson")) {
            var history =
                    read(engine + "/rawjson-" + build.target() + ".rawjson").getFirst();

            assertThat(build.vertices())
                    .extracting(Vertex::name)
                    .containsAll(history.vertices().stream().map(Vertex::name).toList());
            assertThat(instructionIds(history)).containsAll(instructionIds(build));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "28.5/all.rawjson, 26.1/all.rawjson",
        "28.5/all.plain, 26.1/all.plain",
        "28.5/all.rawjson, ../log/28.5/first-live.rawjson",
        "../log/28.5/first-live.rawjson, 28.5/all.rawjson",
        "../log/28.5/first.plain, 26.1/all.rawjson",
        "28.5/all.plain, ../log/28.5/first.rawjson",
    })
    void anotherBuildInTheSameLogIsAnother(String one, String other) throws IOException {
        var both = new ByteArrayOutputStream();
        both.write(bytes(one));
        both.write('\n');
        both.write(bytes(other));
        List<BuildProgress> each = new ArrayList<>(read(one));
        each.addAll(read(other));

        assertThat(RecordedLog.read(both.toByteArray())).isEqualTo(each);
    }

    @ParameterizedTest
    @CsvSource({"28.5/all.plain", "28.5/all.rawjson", "26.1/all.plain", "26.1/all.rawjson"})
    void readsTruncatedBakeLogs(String log) throws IOException {
        byte[] bytes = bytes(log);
        for (int length = 0; length < bytes.length; length += 97) {
            var reader = new ProgressReader(ProgressLimits.DEFAULT);
            reader.feed(bytes, 0, length);

            assertThat(reader.current()).hasSizeLessThanOrEqualTo(2).isEqualTo(reader.progress());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"target api: failed to solve: exit code: 1", "failed to solve: exit code: 1"})
    void onlyTheTargetThatFailedDid(String why) throws IOException {
        String log = new String(bytes("28.5/all.plain"), StandardCharsets.UTF_8)
                .replaceFirst("#14 DONE \\S+", "#14 ERROR: exit code: 1")
                .replaceFirst("#15 DONE \\S+", "#15 CANCELED");
        var builds = RecordedLog.read((log + "ERROR: " + why + "\n").getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .extracting(build -> build.target() + ": " + build.failure())
                .containsExactlyInAnyOrder("api: " + why, "web: null");
        assertThat(builds)
                .filteredOn(build -> Objects.equals(build.target(), "web"))
                .flatExtracting(BuildProgress::vertices)
                .extracting(Vertex::state)
                .contains(VertexState.CANCELED)
                .doesNotContain(VertexState.FAILED);
    }

    /** The log was cut off: one target had handed out its image, one runs, one waits for its next step. */
    @Test
    void aLogThatIsCutOffLeavesOpenOnlyTheTargetsThatHadNotEnded() {
        var builds = RecordedLog.read("""
                        #1 [mail internal] load build definition from mail.Dockerfile
                        #1 DONE 0.0s

                        #2 [shop internal] load build definition from shop.Dockerfile
                        #2 DONE 0.0s

                        #3 [wiki internal] load build definition from wiki.Dockerfile
                        #3 DONE 0.0s

                        #4 [mail 1/1] FROM docker.io/library/postfix:3
                        #4 DONE 0.2s

                        #5 [mail] exporting to image
                        #5 DONE 0.1s

                        #6 [shop run 1/4] FROM docker.io/library/php:8
                        #6 DONE 0.2s

                        #7 [shop run 2/4] RUN docker-php-ext-install intl
                        #7 DONE 40.1s

                        #8 [wiki 1/2] FROM docker.io/library/ruby:3
                        #8 DONE 0.3s

                        #9 [wiki 2/2] RUN bundle install
                        #9 3.100 Fetching gem metadata
                        """.getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .extracting(BuildProgress::target, BuildProgress::gaps)
                .containsExactly(
                        tuple("mail", List.of()),
                        tuple("shop", List.of(BuildProgress.STOPS_EARLY, SHARED)),
                        tuple("wiki", List.of("The log ends before the build does: 1 of its steps did not end.")));
    }

    /** Nothing runs where the log was cut off. Both targets have a stage that nobody built to its end. */
    @Test
    void aLogThatIsCutOffBetweenStepsLeavesTargetsOpen() {
        var builds = RecordedLog.read("""
                        #1 [shop internal] load build definition from shop.Dockerfile
                        #1 DONE 0.0s

                        #2 [wiki internal] load build definition from wiki.Dockerfile
                        #2 DONE 0.0s

                        #3 [shop run 1/2] FROM docker.io/library/php:8
                        #3 DONE 0.2s

                        #4 [wiki 1/3] FROM docker.io/library/ruby:3
                        #4 DONE 0.3s

                        #5 [shop run 2/2] RUN docker-php-ext-install intl
                        #5 DONE 40.1s

                        #6 [wiki 2/3] RUN bundle install
                        #6 DONE 9.0s
                        """.getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .extracting(BuildProgress::target, BuildProgress::gaps)
                .containsExactly(tuple("shop", List.of()), tuple("wiki", List.of(BuildProgress.STOPS_EARLY, SHARED)));
    }

    @Test
    void definitionsThatCannotBeReadAreAFailure() {
        var build = RecordedLog.read("""
                        #0 building with "default" instance using docker driver

                        #1 [internal] load local bake definitions
                        #1 reading docker-bake.hcl 147B / 147B done
                        #1 DONE 0.0s
                        ERROR: docker-bake.hcl:2,31-3,1: Invalid single-argument block definition
                        """.getBytes(StandardCharsets.UTF_8)).getFirst();

        assertThat(build.failure()).isEqualTo("docker-bake.hcl:2,31-3,1: Invalid single-argument block definition");
    }

    /** A vertex that is shared comes up in a second block under the name that the other target has for it. */
    @Test
    void mergesASharedStepNamedByTwoTargets() {
        var builds = RecordedLog.read("""
                        #1 [web internal] load build definition from Dockerfile
                        #1 DONE 0.0s

                        #2 [api internal] load build definition from Dockerfile
                        #2 DONE 0.0s

                        #3 [web base 1/1] RUN make
                        #3 0.1 one
                        #3 ...

                        #4 [web 1/1] RUN true
                        #4 DONE 0.1s

                        #3 [api base 1/1] RUN make
                        #3 0.2 two
                        #3 DONE 1.0s
                        """.getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .extracting(
                        BuildProgress::target,
                        build -> build.vertices().stream()
                                .filter(vertex -> vertex.name().equals("[base 1/1] RUN make"))
                                .map(Vertex::log)
                                .toList())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("web", List.of("one\ntwo")),
                        org.assertj.core.groups.Tuple.tuple("api", List.of("one\ntwo")));
    }

    /** Depot's own lines stand in a bracket as a target does, around builds of one and of several targets. */
    @Test
    void wrapperOfDepotIsNoTarget() {
        String wrapper = """
                #1 [depot] build: https://depot.test/orgs/o/projects/p/builds/b
                #1 DONE 0.0s

                #2 [depot] launching amd64 machine
                #2 DONE 1.4s

                #3 [depot] connecting to amd64 machine
                #3 DONE 0.2s

                """;
        String alone = """
                #4 [internal] load build definition from Dockerfile
                #4 DONE 0.0s

                #5 [1/1] RUN make
                #5 CACHED
                """;
        String two = """
                #4 [web internal] load build definition from Dockerfile
                #4 DONE 0.0s

                #5 [api internal] load build definition from Dockerfile
                #5 DONE 0.0s

                #6 [web] exporting to image
                #6 DONE 0.1s

                #7 [api] exporting to image
                #7 DONE 0.1s

                #8 [registry] uploading layers
                #8 DONE 0.1s
                """;

        assertThat(RecordedLog.read((wrapper + alone).getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(build -> {
                    assertThat(build.target()).isNull();
                    assertThat(build.vertices()).hasSize(5);
                    assertThat(build.gaps()).isEmpty();
                });
        assertThat(RecordedLog.read((wrapper + two).getBytes(StandardCharsets.UTF_8)))
                .extracting(BuildProgress::target)
                .containsExactly("web", "api");
    }

    /** What bake accepts as a name, and Compose as that of a service. */
    @ParameterizedTest
    @CsvSource({"depot, true", "my-web_2, true", "web.v2, true", "linux/arm64, false", "w\u00e9b, false", "a:b, false"})
    void namesOfTargetsHaveTheLettersThatBakeAccepts(String name, boolean target) {
        var build =
                RecordedLog.read(("#1 [" + name + " internal] load build definition from Dockerfile\n#1 DONE 0.0s\n\n"
                                + "#2 [" + name + " 1/1] RUN make\n#2 DONE 0.1s\n")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(build).singleElement().extracting(BuildProgress::target).isEqualTo(target ? name : null);
    }

    @Test
    void doesNotSeparateTooManyTargets() {
        var log = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            log.append("#%d [t%d internal] load build definition from Dockerfile\n#%d DONE 0.0s\n\n"
                    .formatted(i + 1, i, i + 1));
        }
        for (int i = 300; i < 500; i++) {
            log.append("#%d [internal] step %d\n#%d DONE 0.0s\n\n".formatted(i + 1, i, i + 1));
        }

        assertThat(RecordedLog.read(log.toString().getBytes(StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(build -> assertThat(build.gaps())
                        .containsExactly("The concurrent targets are too large to be separated."));
    }

    private static List<String> instructions(BuildProgress build) {
        return build.vertices().stream()
                .map(Vertex::name)
                .filter(name -> name.matches("\\[\\S+ \\d/\\d] .*"))
                .toList();
    }

    private static List<String> instructionIds(BuildProgress build) {
        return build.vertices().stream()
                .filter(vertex -> vertex.name().matches("\\[\\S+ \\d/\\d] .*"))
                .map(Vertex::id)
                .toList();
    }

    private static List<BuildProgress> read(String name) throws IOException {
        return ProgressReader.read(new ByteArrayInputStream(bytes(name)), ProgressLimits.DEFAULT);
    }

    private static byte[] bytes(String name) throws IOException {
        try (var log = BakeTests.class.getResourceAsStream(
                name.startsWith("../log/")
                        ? name.substring("../log/".length())
                        : "/dev/cachewarden/progress/bake/" + name)) {
            return Objects.requireNonNull(log, name).readAllBytes();
        }
    }
}
