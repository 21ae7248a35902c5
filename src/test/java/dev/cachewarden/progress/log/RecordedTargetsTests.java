package dev.cachewarden.progress.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded builds of bake and Compose: each target has all its instructions. */
class RecordedTargetsTests extends SharedStepsStage {

    @ParameterizedTest
    @CsvSource({"26.1, plain", "26.1, rawjson", "28.5, plain", "28.5, rawjson"})
    void eachTargetHasTheInstructionThatBothBeginWith(String engine, String format) throws IOException {
        assertThat(read("merging/" + engine + "/all." + format)).hasSize(2).allSatisfy(build -> {
            assertAllOrAGap(
                    build,
                    instructions(build),
                    List.of(
                            "[base 1/2] COPY busybox nonce /bin/",
                            "[base 2/2] RUN /bin/busybox --install -s /bin",
                            "[packages 1/1] RUN sleep 1; echo \"fetching\" | tee /packages",
                            "[%s 1/2] COPY --from=packages /packages /packages".formatted(build.target()),
                            "[%1$s 2/2] RUN echo \"building %1$s\" && sleep 1".formatted(build.target())));
            assertThat(format.equals("rawjson") && build.partial()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({"plain", "rawjson"})
    void theHistoryNamesItAfterTheTargetToo(String format) throws IOException {
        for (String target : List.of("web", "api")) {
            assertThat(instructions(read("merging/28.5/" + format + "-" + target + ".rawjson")
                            .getFirst()))
                    .hasSize(5)
                    .contains("[%s 1/2] COPY --from=packages /packages /packages".formatted(target));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.1/all", "26.1/unchanged", "28.5/all", "28.5/unchanged"})
    void eachServiceOfComposeIsABuildWithItsInstructions(String log) throws IOException {
        var builds = read("compose/" + log + ".plain");

        assertThat(builds).extracting(BuildProgress::target).containsExactlyInAnyOrder("web", "api");
        assertThat(builds).allSatisfy(build -> {
            assertAllOrAGap(build, instructions(build), ofService(build));
            assertThat(build.vertices()).extracting(Vertex::name).contains("exporting to image");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.1", "28.5"})
    void stepsOfServicesEndedAsTheBuilderRemembersThem(String engine) throws IOException {
        for (var build : read("compose/" + engine + "/all.plain")) {
            var history = read("compose/" + engine + "/plain-" + build.target() + ".rawjson")
                    .getFirst();

            assertThat(ends(history)).containsAll(ends(build));
        }
    }

    /** Compose 2.26 names the service of one alone as well, 2.40 does not. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"26.1, web", "28.5, -"})
    void aServiceAloneHasTheNamesThatItHasAmongOthers(String engine, String target) throws IOException {
        assertThat(read("compose/" + engine + "/web.plain")).singleElement().satisfies(build -> {
            assertThat(build.target()).isEqualTo(target);
            assertThat(instructions(build)).containsExactlyInAnyOrderElementsOf(ofService("web"));
        });
    }

    /** Asserts that a target has all its instructions, or some of them and a gap. */
    static void assertAllOrAGap(BuildProgress build, List<String> instructions, List<String> truth) {
        assertThat(truth).containsAll(instructions);
        assertThat(instructions).doesNotHaveDuplicates();
        if (instructions.size() < truth.size()) {
            assertThat(build.gaps()).containsExactly(UNCERTAIN);
        }
    }

    private static List<String> ends(BuildProgress build) {
        return build.vertices().stream()
                .filter(vertex -> vertex.name().matches("\\[\\S+ \\d/\\d] .*"))
                .map(vertex -> vertex.name() + " " + vertex.state())
                .toList();
    }
}
