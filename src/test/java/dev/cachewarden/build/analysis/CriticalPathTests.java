package dev.cachewarden.build.analysis;

import static dev.cachewarden.build.steps.TestBuild.CONTEXT;
import static dev.cachewarden.build.steps.TestBuild.aBuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.BuildSteps;
import dev.cachewarden.build.steps.StepRules;
import dev.cachewarden.build.steps.TestBuild;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.ProgressRecorder;
import dev.cachewarden.progress.VertexState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CriticalPathTests {

    private static final String FROM = "[1/3] FROM a";

    private static TestBuild twoBranches() {
        return aBuild().ranAt("[internal] load metadata for a", 0, 300)
                .ranAt(CONTEXT, 320, 900)
                .ranAt(FROM, 310, 400)
                .ranAt("[deps 1/1] RUN npm ci", 400, 9_000, FROM)
                .ranAt("[build 1/2] COPY . .", 900, 1_000, FROM, CONTEXT)
                .ranAt("[build 2/2] RUN make", 1_000, 4_000, "[build 1/2] COPY . .")
                .ranAt("[3/3] COPY --from=deps a b", 9_050, 9_150, "[deps 1/1] RUN npm ci", "[build 2/2] RUN make")
                .ranAt("exporting to image", 9_200, 9_900);
    }

    @Test
    void followsWhatStepsWaitedFor() {
        var path = CriticalPath.of(twoBranches().steps());

        assertThat(path.timed()).isTrue();
        assertThat(texts(path))
                .containsExactly(
                        "load metadata for a", "FROM a", "RUN npm ci", "COPY --from=deps a b", "exporting to image");
        assertThat(path.links().get(2).took()).isEqualTo(Duration.ofMillis(8_600));
        assertThat(path.links().get(3).waited()).isEqualTo(Duration.ofMillis(50));
        assertThat(path.total()).isEqualTo(Duration.ofMillis(9_900));
    }

    @Test
    void goesThroughWhatCameFromTheCache() {
        var path = CriticalPath.of(aBuild().ranAt("[build 1/1] RUN make", 0, 8_000)
                .cached("[last 1/2] COPY --from=build a b", "[build 1/1] RUN make")
                .ranAt("[other 1/1] RUN true", 0, 8_100)
                .ranAt("[last 2/2] RUN check", 8_200, 8_300, "[last 1/2] COPY --from=build a b")
                .steps());
        assertThat(texts(path)).containsExactly("RUN make", "RUN check");
    }

    @Test
    void takesTheLongestChainOfALogWithoutTimes() {
        var recorder = new ProgressRecorder(ProgressLimits.DEFAULT);
        var durations = List.of(1, 90, 2, 30, 5);
        var names = List.of(
                "[base 1/2] FROM a",
                "[base 2/2] RUN npm ci",
                "[build 1/2] FROM b",
                "[build 2/2] RUN make",
                "[3/3] COPY --from=build a b");
        for (int i = 0; i < names.size(); i++) {
            recorder.begun("#" + i, names.get(i));
            recorder.ended("#" + i, VertexState.DONE, Duration.ofSeconds(durations.get(i)), null);
        }
        var path = CriticalPath.of(BuildSteps.of(recorder.progress(), StepRules.standard()));

        assertThat(path.timed()).isFalse();
        assertThat(texts(path)).containsExactly("FROM a", "RUN npm ci");
        assertThat(path.total()).isEqualTo(Duration.ofSeconds(91));
    }

    @Test
    void nothingHasNoPath() {
        assertThat(CriticalPath.of(List.of())).isEqualTo(new CriticalPath(List.of(), false));
    }

    /** Each link begins after the one before it, and all together last as long as the build. */
    @ParameterizedTest
    @ValueSource(
            strings = {"01-first", "03-code", "04-dependencies", "12-models", "13-forced", "15-failed", "20-pruned"})
    void isAsLongAsARecordedBuild(String name) {
        var steps = RecordedBuilds.steps(name);
        var path = CriticalPath.of(steps);
        var wall = BuildTimes.of(steps).wall();

        assertThat(path.total()).isCloseTo(wall, Duration.ofMillis(60));
        assertThat(path.links()).extracting(link -> link.step().startedAt()).isSorted();
        assertThat(path.links()).extracting(CriticalPath.Link::step).noneMatch(BuildStep::cached);
    }

    @Test
    void ofARecordedBuildGoesThroughTheCompiler() {
        assertThat(texts(CriticalPath.of(RecordedBuilds.steps("03-code"))))
                .anyMatch(text -> text.startsWith("RUN set -e; : make"))
                .endsWith("exporting to image");
    }

    private static List<String> texts(CriticalPath path) {
        return path.links().stream().map(link -> link.step().text()).toList();
    }
}
