package dev.cachewarden.build.analysis;

import static dev.cachewarden.build.steps.TestBuild.CONTEXT;
import static dev.cachewarden.build.steps.TestBuild.aBuild;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.analysis.BuildTimes.Spent;
import dev.cachewarden.build.steps.BuildSteps;
import dev.cachewarden.build.steps.StepClass;
import dev.cachewarden.build.steps.StepRules;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.ProgressRecorder;
import dev.cachewarden.progress.VertexState;
import dev.cachewarden.progress.VertexUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildTimesTests {

    private static final String FROM = "[1/3] FROM docker.io/library/node:22";
    private static final String INSTALL = "[2/3] RUN npm ci";
    private static final String CODE = "[3/3] COPY . .";

    @Test
    void takesOverlapsOnceAndGapsAsIdle() {
        var times = BuildTimes.of(aBuild().ranAt(CONTEXT, 0, 1_000)
                .ranAt(FROM, 500, 2_500)
                .ranAt(INSTALL, 3_000, 9_000, FROM)
                .ranAt("[other 1/1] RUN make", 4_000, 8_000, FROM)
                .ranAt(CODE, 9_000, 9_500, INSTALL, CONTEXT)
                .ranAt("exporting to image", 9_700, 10_000)
                .steps());

        assertThat(times.wall()).isEqualTo(Duration.ofSeconds(10));
        assertThat(times.summed()).isEqualTo(Duration.ofMillis(13_800));
        assertThat(times.idle()).isEqualTo(Duration.ofMillis(700));
        assertThat(times.byKind())
                .containsOnlyKeys(WorkKind.TRANSFER, WorkKind.PULL, WorkKind.EXEC, WorkKind.FILES, WorkKind.EXPORT)
                .containsEntry(WorkKind.EXEC, new Spent(2, Duration.ofSeconds(6), Duration.ofSeconds(10)))
                .containsEntry(WorkKind.PULL, new Spent(1, Duration.ofSeconds(2), Duration.ofSeconds(2)));
        assertThat(times.byClass())
                .containsEntry(StepClass.COMPILE, new Spent(1, Duration.ofSeconds(4), Duration.ofSeconds(4)))
                .containsEntry(StepClass.LANGUAGE_PACKAGES, new Spent(1, Duration.ofSeconds(6), Duration.ofSeconds(6)));
    }

    @Test
    void aLogWithoutTimesHasSumsOnly() {
        var recorder = new ProgressRecorder(ProgressLimits.DEFAULT);
        recorder.begun("#1", INSTALL);
        recorder.ended("#1", VertexState.DONE, Duration.ofMillis(6_200), null);
        recorder.begun("#2", CODE);
        recorder.ended("#2", VertexState.CACHED, null, null);
        var times = BuildTimes.of(BuildSteps.of(recorder.progress(), StepRules.standard()));

        assertThat(times.wall()).isNull();
        assertThat(times.idle()).isNull();
        assertThat(times.summed()).isEqualTo(Duration.ofMillis(6_200));
        assertThat(times.byKind().get(WorkKind.EXEC)).isEqualTo(new Spent(1, null, Duration.ofMillis(6_200)));
    }

    /** The getting of a base image begins with its name and goes on when a step needs its layers. */
    @Test
    void aBreakWithinAStepIsNoWork() {
        var recorder = new ProgressRecorder(ProgressLimits.DEFAULT);
        var start = Instant.parse("2026-03-01T10:00:00Z");
        recorder.vertex(new VertexUpdate("a", FROM, List.of(), start, start.plusMillis(10), false, null));
        recorder.vertex(
                new VertexUpdate("a", FROM, List.of(), start.plusMillis(5_000), start.plusMillis(7_000), false, null));
        var times = BuildTimes.of(BuildSteps.of(recorder.progress(), StepRules.standard()));

        assertThat(times.wall()).isEqualTo(Duration.ofSeconds(7));
        assertThat(times.byKind().get(WorkKind.PULL))
                .isEqualTo(new Spent(1, Duration.ofMillis(2_010), Duration.ofMillis(2_010)));
        assertThat(times.idle()).isEqualTo(Duration.ofMillis(4_990));
    }

    @Test
    void aBuildWithoutStepsHasNoTimes() {
        assertThat(BuildTimes.of(List.of())).isEqualTo(new BuildTimes(null, Duration.ZERO, Map.of(), Map.of(), null));
    }
}
