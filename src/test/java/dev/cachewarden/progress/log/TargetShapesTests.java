package dev.cachewarden.progress.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several targets at once in many shapes, built by Bake and Compose on real engines. What the builder's own history has of each target is the
 * truth: a plain log gives each target these steps, or some of them and a gap.
 */
class TargetShapesTests {

    private static final Map<String, List<String>> SHAPES = Map.ofEntries(
            Map.entry("files", List.of("web", "api", "job")),
            Map.entry("stages", List.of("web", "api", "tests")),
            Map.entry("unchanged", List.of("web", "api", "tests")),
            Map.entry("bases", List.of("web", "api", "job")),
            Map.entry("names", List.of("web", "api", "job")),
            Map.entry("unnamed", List.of("web", "api")),
            Map.entry("failing", List.of("web", "api")),
            Map.entry("shared-fails", List.of("web", "api")),
            Map.entry("alone", List.of("web")),
            Map.entry("git", List.of("web", "api")),
            Map.entry("contexts", List.of("base", "web", "api")),
            Map.entry("copying", List.of("assets", "web", "docs")),
            Map.entry("alike", List.of("web", "api")),
            Map.entry("forced", List.of("web", "api")),
            Map.entry("twins", List.of("web", "mirror")),
            Map.entry("arguments", List.of("one", "two")),
            Map.entry("compose", List.of("web", "api", "worker")));

    static Stream<Arguments> shapes() {
        return Stream.of("26.1", "28.5")
                .flatMap(engine -> SHAPES.keySet().stream().sorted().map(shape -> Arguments.of(engine, shape)));
    }

    /** Compose does not print rawjson. */
    static Stream<Arguments> bakeShapes() {
        return shapes().filter(shape -> !"compose".equals(shape.get()[1]));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void plainShowsNoStepOfAnotherTarget(String engine, String shape) throws IOException {
        for (var build : read(engine, shape, "all.plain")) {
            var truth = history(engine, shape, "plain", build);

            assertThat(without(texts(build), texts(truth))).as(target(build)).isEmpty();
            if (!texts(build).containsAll(texts(truth))) {
                assertThat(build.gaps())
                        .as(target(build))
                        .contains("Steps shared with other targets may be missing."
                                + " Upload the log of --progress=rawjson to see all steps.");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("bakeShapes")
    void rawjsonShowsEachStepOfATarget(String engine, String shape) throws IOException {
        for (var build : read(engine, shape, "all.rawjson")) {
            var truth = history(engine, shape, "rawjson", build);

            assertThat(build.gaps()).isEmpty();
            assertThat(Set.copyOf(texts(build))).as(target(build)).isEqualTo(Set.copyOf(texts(truth)));
            assertThat(without(texts(build), texts(truth))).as(target(build)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void eachTargetIsABuild(String engine, String shape) throws IOException {
        assertThat(read(engine, shape, "all.plain"))
                .extracting(TargetShapesTests::target)
                .containsExactlyInAnyOrderElementsOf(SHAPES.getOrDefault(shape, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"26.1, failing", "26.1, shared-fails", "28.5, failing", "28.5, shared-fails"})
    void noTargetOfAFailedLogSucceeds(String engine, String shape) throws IOException {
        for (String format : List.of("plain", "rawjson")) {
            assertThat(read(engine, shape, "all." + format))
                    .allSatisfy(build -> assertThat(build.failure() != null
                                    || build.vertices().stream()
                                            .anyMatch(vertex -> vertex.state() == VertexState.FAILED
                                                    || vertex.state() == VertexState.CANCELED))
                            .isTrue());
        }
    }

    /** A reader that always reports a gap would be of no use. */
    @ParameterizedTest
    @ValueSource(strings = {"26.1", "28.5"})
    void someTargetsOfPlainLogsAreSurelyWhole(String engine) throws IOException {
        List<String> whole = new ArrayList<>();
        for (String shape : List.of("files", "names", "unnamed", "git")) {
            for (var build : read(engine, shape, "all.plain")) {
                if (build.gaps().isEmpty()) {
                    whole.add(shape + " " + build.target());
                }
            }
        }

        assertThat(whole).isNotEmpty();
    }

    private static BuildProgress history(String engine, String shape, String format, BuildProgress build)
            throws IOException {
        return read(engine, shape, format + "-" + target(build) + ".rawjson").getFirst();
    }

    private static String target(BuildProgress build) {
        return build.target() == null ? "web" : build.target();
    }

    /** What each step does, without its stage: two targets may have the same step in stages of different names. */
    private static List<String> texts(BuildProgress build) {
        return build.vertices().stream()
                .map(Vertex::name)
                .filter(name -> !name.startsWith("resolving provenance") && !name.endsWith("bake definitions"))
                .map(name -> name.replaceFirst("^\\[(?!internal)[^]]*] ", ""))
                .toList();
    }

    private static List<String> without(List<String> some, List<String> others) {
        var left = new ArrayList<>(some);
        others.forEach(left::remove);
        return left;
    }

    private static List<BuildProgress> read(String engine, String shape, String log) throws IOException {
        String name = "/dev/cachewarden/progress/targets/%s/%s/%s.gz".formatted(engine, shape, log);
        try (var recorded = TargetShapesTests.class.getResourceAsStream(name)) {
            return ProgressReader.read(Objects.requireNonNull(recorded, name), ProgressLimits.DEFAULT);
        }
    }
}
