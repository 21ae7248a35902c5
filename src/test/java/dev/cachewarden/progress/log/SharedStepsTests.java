package dev.cachewarden.progress.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets whose stages have instructions alike: bake and Compose show each once, under the name that any of them has for it. */
class SharedStepsTests {

    private static final String UNCERTAIN = "Steps that targets share show under one of them, and it cannot be told"
            + " whether this one shares more; --progress=rawjson tells.";

    @ParameterizedTest
    @CsvSource({"26.1, plain", "26.1, rawjson", "28.5, plain", "28.5, rawjson"})
    void eachTargetHasTheInstructionThatBothBeginWith(String engine, String format) throws IOException {
        assertThat(read("merging/" + engine + "/all." + format)).hasSize(2).allSatisfy(build -> {
            assertThat(instructions(build))
                    .containsExactlyInAnyOrder(
                            "[base 1/2] COPY busybox nonce /bin/",
                            "[base 2/2] RUN /bin/busybox --install -s /bin",
                            "[packages 1/1] RUN sleep 1; echo \"fetching\" | tee /packages",
                            "[%s 1/2] COPY --from=packages /packages /packages".formatted(build.target()),
                            "[%1$s 2/2] RUN echo \"building %1$s\" && sleep 1".formatted(build.target()));
            assertThat(build.gaps()).isEmpty();
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
    void eachServiceOfComposeIsABuildWithAllItsInstructions(String log) throws IOException {
        var builds = read("compose/" + log + ".plain");

        assertThat(builds).extracting(BuildProgress::target).containsExactlyInAnyOrder("web", "api");
        assertThat(builds).allSatisfy(build -> {
            assertThat(instructions(build)).containsExactlyInAnyOrderElementsOf(ofService(build));
            assertThat(build.vertices())
                    .extracting(Vertex::name)
                    .contains("[internal] load build context", "exporting to image");
            assertThat(build.gaps()).isEmpty();
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

    /** Of three targets that begin alike it cannot be told whose the step is that shows. */
    @Test
    void whatCannotBeToldIsSaid() throws IOException {
        String log = text("merging/28.5/all.plain");
        String third = log.substring(log.indexOf("#9 ["), log.indexOf("#10 ["))
                .replace("#9 ", "#21 ")
                .replace("web", "worker");
        var builds =
                RecordedLog.read(log.replace("#4 [", "#20 [worker internal] load .dockerignore\n#20 DONE 0.0s\n\n#4 [")
                        .concat("\n" + third + "#22 [worker worker 1/2] COPY --from=packages a b\n#22 DONE 0.0s\n")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .filteredOn(build -> build.gaps().contains(UNCERTAIN))
                .extracting(BuildProgress::target)
                .containsExactly("web", "worker");
    }

    private static List<String> ofService(BuildProgress build) {
        return ofService(Objects.requireNonNull(build.target()));
    }

    private static List<String> ofService(String service) {
        List<String> all = new ArrayList<>(List.of(
                "[notes 1/1] COPY <<TEXT /note",
                "[base 1/2] COPY busybox nonce /bin/",
                "[base 2/2] RUN /bin/busybox --install -s /bin",
                "[packages 1/1] RUN sleep 1; echo \"fetching\" | tee /packages"));
        boolean web = service.equals("web");
        all.add("[%s %d/3] COPY --from=notes /note /note".formatted(service, web ? 1 : 2));
        all.add("[%s %d/3] COPY --from=packages /packages /packages".formatted(service, web ? 2 : 1));
        all.add("[%1$s 3/3] RUN echo \"building %1$s\" && sleep 1".formatted(service));
        return all;
    }

    private static List<String> ends(BuildProgress build) {
        return build.vertices().stream()
                .filter(vertex -> vertex.name().matches("\\[\\S+ \\d/\\d] .*"))
                .map(vertex -> vertex.name() + " " + vertex.state())
                .toList();
    }

    private static List<String> instructions(BuildProgress build) {
        return build.vertices().stream()
                .map(Vertex::name)
                .filter(name -> name.matches("\\[\\S+ \\d/\\d] .*"))
                .toList();
    }

    private static List<BuildProgress> read(String name) throws IOException {
        return RecordedLog.read(text(name).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String name) throws IOException {
        try (var log = SharedStepsTests.class.getResourceAsStream("/dev/cachewarden/progress/" + name)) {
            return new String(Objects.requireNonNull(log, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
