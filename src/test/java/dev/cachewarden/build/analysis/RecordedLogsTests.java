package dev.cachewarden.build.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.BuildSteps;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.steps.StepRules;
import dev.cachewarden.progress.VertexState;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs of builds on Docker Engine 20.10, 26.1 and 28.5, in each format their clients have. */
class RecordedLogsTests {

    private static final String LOGS = "/dev/cachewarden/progress/log/";

    static Stream<String> recordedLogs() throws IOException, URISyntaxException {
        var url = Objects.requireNonNull(RecordedLogsTests.class.getResource(LOGS + "README.md"));
        var folder = Objects.requireNonNull(Path.of(url.toURI()).getParent());
        try (var files = Files.walk(folder)) {
            return files
                    .map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(".rawjson"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recordedLogs")
    void aPlainLogGivesTheSameHitsAndSteps(String rawjson) {
        boolean failed = rawjson.matches(".*/(failing|broken|canceled).*");
        var full = steps(rawjson);
        var plain = steps(rawjson.replace(".rawjson", ".plain"));

        assertThat(HitRate.ofBuild(plain, failed)).isEqualTo(HitRate.ofBuild(full, failed));
        assertThat(identities(plain)).containsExactlyInAnyOrderElementsOf(identities(full));
    }

    /** A plain log does not name what never began. */
    private static List<String> identities(List<BuildStep> steps) {
        return steps.stream()
                .filter(step -> step.cacheable() && step.state() != VertexState.WAITING)
                .map(BuildStep::identity)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("recordedLogs")
    void everyStepIsOfAKnownKind(String rawjson) {
        assertThat(steps(rawjson)).extracting(BuildStep::kind).doesNotContain(StepKind.INTERNAL);
    }

    @ParameterizedTest
    @MethodSource("recordedLogs")
    void theCriticalPathIsAsLongAsTheBuild(String rawjson) {
        var steps = steps(rawjson);
        assertThat(CriticalPath.of(steps).total())
                .isCloseTo(Objects.requireNonNull(BuildTimes.of(steps).wall()), Duration.ofMillis(20));
    }

    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource(delimiter = '¦', textBlock = """
            unchanged            ¦ first        ¦ UNCHANGED            ¦
            code-changed         ¦ unchanged    ¦ CODE_CHANGED         ¦ COPY . .
            requirements-changed ¦ code-changed ¦ DEPENDENCIES_CHANGED ¦ COPY requirements.txt .
            argument-changed     ¦ unchanged    ¦ ARGUMENT_CHANGED     ¦ RUN echo "building ‹WHAT›" && sleep 1
            forced               ¦ unchanged    ¦ FORCED               ¦ COPY busybox /bin/busybox
            """)
    void findsScenarioAndFirstMiss(String name, String before, Scenario scenario, String first) {
        for (String log :
                List.of("20.10/%s.plain", "26.1/%s.plain", "26.1/%s.rawjson", "28.5/%s.plain", "28.5/%s.rawjson")) {
            var comparison = Comparison.of(build(log, name), build(log, before), CacheLosses.NONE);
            assertThat(comparison.scenario()).as(log).isEqualTo(scenario);
            var miss = comparison.firstMiss();
            assertThat(miss.map(one -> one.step().text()).orElse("")).as(log).startsWith(first == null ? "" : first);
            assertThat(miss.isPresent()).as(log).isEqualTo(first != null);
        }
    }

    private static PastBuild build(String log, String name) {
        return new PastBuild(
                Instant.EPOCH,
                true,
                name.equals("forced"),
                name.equals("argument-changed") ? Map.of("WHAT", "8f3c") : Map.of(),
                steps(String.format(log, name)));
    }

    private static List<BuildStep> steps(String log) {
        return BuildSteps.of(
                RecordedBuilds.read(LOGS + log, "building (none|2)", "building ‹WHAT›"), StepRules.standard());
    }
}
