package dev.cachewarden.build.steps;

import static dev.cachewarden.build.steps.TestBuild.CONTEXT;
import static dev.cachewarden.build.steps.TestBuild.aBuild;
import static dev.cachewarden.build.steps.TestBuild.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.ProgressRecorder;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BuildStepsTests {

    private static final String FROM = "[base 1/2] FROM docker.io/library/python:3.12";
    private static final String APT = "[base 2/2] RUN apt-get install -y gcc";
    private static final String DEPS = "[deps 1/2] COPY requirements.txt ./";
    private static final String PIP = "[deps 2/2] RUN pip install -r requirements.txt";
    private static final String CODE = "[stage-2 1/2] COPY . .";
    private static final String VENV = "[stage-2 2/2] COPY --from=deps /venv /venv";

    private static TestBuild aCachedBuild() {
        return aBuild().begins("docker.io/library/python:3.12")
                .ran(FROM, 2)
                .cached(APT, FROM)
                .cached(DEPS, APT, CONTEXT)
                .cached(PIP, DEPS)
                .cached(CODE, APT, CONTEXT)
                .cached(VENV, CODE, PIP)
                .ran("exporting to image", 30);
    }

    @Test
    void readAsTheDockerfileThoughBuildKitNamesThemInNoOrder() {
        var reported = aCachedBuild().progress();
        var expected = names(BuildSteps.of(reported, StepRules.standard()));
        assertThat(expected)
                .containsExactly(
                        "[internal] load build definition from Dockerfile",
                        "[internal] load metadata for docker.io/library/python:3.12",
                        "[internal] load .dockerignore",
                        CONTEXT,
                        FROM,
                        APT,
                        DEPS,
                        PIP,
                        CODE,
                        VENV,
                        "exporting to image");
        for (int seed = 0; seed < 50; seed++) {
            assertThat(names(shuffled(reported, seed))).isEqualTo(expected);
        }
    }

    @Test
    void knowStageKindTextClassAndInputs() {
        var steps = aCachedBuild().steps();

        var pip = step(steps, "pip install -r requirements.txt");
        assertThat(pip.number()).isEqualTo(8);
        assertThat(pip.stage()).isEqualTo("deps");
        assertThat(pip.kind()).isEqualTo(StepKind.RUN);
        assertThat(pip.text()).isEqualTo("RUN pip install -r requirements.txt");
        assertThat(pip.stepClass()).isEqualTo(StepClass.LANGUAGE_PACKAGES);
        assertThat(pip.inputs()).containsExactly(7);
        assertThat(pip.state()).isEqualTo(VertexState.CACHED);
        assertThat(step(steps, "COPY --from=deps /venv /venv").inputs()).containsExactly(8, 9);
        assertThat(step(steps, "load build context").transferredBytes()).isEqualTo(2_000_000);
        assertThat(step(steps, "load build context").duration()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void identityStaysWhenTheStepMoves() {
        var before = step(aBuild().cached("[build 3/5] RUN make").steps(), "RUN make");
        var after = step(aBuild().cached("[build  7/12] RUN   make").steps(), "RUN   make");
        assertThat(after.identity()).isEqualTo(before.identity()).matches("[0-9a-f]{16}");
    }

    @Test
    void identityStaysWhenAStageWithoutNameMoves() {
        var before = step(aBuild().cached("[stage-1 3/5] RUN make").steps(), "RUN make");
        var after = step(aBuild().cached("[stage-2 3/5] RUN make").steps(), "RUN make");
        var only = step(aBuild().cached("[3/5] RUN make").steps(), "RUN make");
        assertThat(after.identity()).isEqualTo(before.identity()).isEqualTo(only.identity());
    }

    @Test
    void identityStaysWhenTheImageBehindItsTagChanges() {
        var before = aBuild().cached("[1/5] FROM a:1@sha256:" + "0".repeat(64)).steps();
        var after = aBuild().cached("[1/5] FROM a:1@sha256:" + "1".repeat(64)).steps();
        assertThat(after.getFirst().identity()).isEqualTo(before.getFirst().identity());
        assertThat(after.getFirst().text()).isNotEqualTo(before.getFirst().text());
    }

    @Test
    void identityDistinguishesStagesPlatformsAndRepetitions() {
        var steps = aBuild().cached("[build 1/2] RUN make")
                .cached("[build 2/2] RUN  make", "[build 1/2] RUN make")
                .cached("[test 1/1] RUN make")
                .cached("[linux/arm64 build 1/2] RUN make")
                .steps();
        assertThat(steps).extracting(BuildStep::identity).doesNotHaveDuplicates();
    }

    @Test
    void stepsThatNeverBeganStandBeforeWhatNeededThem() {
        var steps = aBuild().ran("[1/3] FROM a", 1)
                .waiting("[2/3] RUN one", "[1/3] FROM a")
                .passes(Duration.ofSeconds(1))
                .cached("[3/3] RUN two", "[2/3] RUN one")
                .ran("exporting to image", 10)
                .steps();
        assertThat(names(steps))
                .containsExactly("[1/3] FROM a", "[2/3] RUN one", "[3/3] RUN two", "exporting to image");
    }

    @Test
    void derivesInputsOfAPlainLogFromNames() {
        var recorder = new ProgressRecorder(ProgressLimits.DEFAULT);
        var names = List.of(CONTEXT, FROM, APT, PIP, DEPS, CODE, VENV, "exporting to image");
        for (int i = 0; i < names.size(); i++) {
            recorder.begun("#" + (i + 1), names.get(i));
            recorder.ended("#" + (i + 1), VertexState.DONE, Duration.ofSeconds(1), null);
        }
        var steps = BuildSteps.of(recorder.progress(), StepRules.standard());

        assertThat(names(steps)).containsExactly(CONTEXT, FROM, APT, DEPS, PIP, CODE, VENV, "exporting to image");
        assertThat(step(steps, "gcc").inputs()).containsExactly(2);
        assertThat(step(steps, "requirements.txt ./").inputs()).containsExactly(1, 3);
        assertThat(step(steps, "pip install -r requirements.txt").inputs()).containsExactly(4);
        assertThat(step(steps, "/venv /venv").inputs()).containsExactly(5, 6);
    }

    @Test
    void circlesDoNoHarm() {
        var one = vertex("sha256:1", "[1/2] RUN one", "sha256:2");
        var two = vertex("sha256:2", "[2/2] RUN two", "sha256:1");
        var steps = BuildSteps.of(new BuildProgress(List.of(one, two), List.of(), List.of()), StepRules.standard());
        assertThat(steps).extracting(BuildStep::number).containsExactly(1, 2);
    }

    @Test
    void manyStepsTakeNoLongerThanTheirNumber() {
        List<Vertex> vertices = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            String input = i == 0 ? "none" : "sha256:" + (i - 1);
            vertices.add(vertex("sha256:" + i, "[s" + i + " 1/1] RUN apt-get install " + "x ".repeat(100) + i, input));
        }
        var steps = BuildSteps.of(new BuildProgress(vertices, List.of(), List.of()), StepRules.standard());
        assertThat(steps)
                .hasSize(10_000)
                .last()
                .extracting(BuildStep::name)
                .asString()
                .endsWith(" 9999");
    }

    private static Vertex vertex(String id, String name, String input) {
        return new Vertex(id, name, List.of(input), VertexState.DONE, List.of(), null, null, List.of(), "", false);
    }

    private static List<String> names(List<BuildStep> steps) {
        return steps.stream().map(BuildStep::name).toList();
    }

    private static List<BuildStep> shuffled(BuildProgress reported, int seed) {
        var vertices = new ArrayList<>(reported.vertices());
        Collections.shuffle(vertices, new Random(seed));
        return BuildSteps.of(new BuildProgress(vertices, List.of(), List.of()), StepRules.standard());
    }
}
