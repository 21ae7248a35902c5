package dev.cachewarden.build.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.BuildSteps;
import dev.cachewarden.build.steps.StepRules;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.ProgressRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Twenty builds of one project on Docker Engine 28.5, each after a known change. */
class RecordedComparisonTests {

    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource(delimiter = '¦', nullValues = "-", textBlock = """
            01-first                  ¦ -                    ¦ FIRST                ¦ WORKDIR /changes-sample ¦ FirstBuild
            02-unchanged              ¦ 01-first             ¦ UNCHANGED            ¦ - ¦ -
            03-code                   ¦ 02-unchanged         ¦ CODE_CHANGED         ¦ COPY src/ /changes-sample/src/ ¦ InputChanged
            04-dependencies           ¦ 03-code              ¦ DEPENDENCIES_CHANGED ¦ COPY requirements.txt /changes-sample/ ¦ InputChanged
            05-argument               ¦ 04-dependencies      ¦ ARGUMENT_CHANGED     ¦ RUN echo building ‹VERSION› > /changes-sample/version ¦ ArgumentChanged
            06-argument-back          ¦ 05-argument          ¦ UNCHANGED            ¦ - ¦ -
            07-dockerfile-text        ¦ 06-argument-back     ¦ DOCKERFILE_CHANGED   ¦ RUN set -e; : make; sleep 0.4; grep ¦ OwnTextChanged
            08-dockerfile-setting     ¦ 07-dockerfile-text   ¦ DOCKERFILE_CHANGED   ¦ RUN : apt-get install -y gcc; ¦ SettingsChanged
            09-dockerfile-new-step    ¦ 08-dockerfile-setting ¦ DOCKERFILE_CHANGED  ¦ RUN touch /changes-sample/new ¦ StepNew
            10-dockerfile-step-removed ¦ 09-dockerfile-new-step ¦ DOCKERFILE_CHANGED ¦ COPY --link --from=models /changes-sample/models ¦ PlaceChanged
            11-dockerfile-inline-file ¦ 10-dockerfile-step-removed ¦ DOCKERFILE_CHANGED ¦ COPY <<EOF /changes-sample/motd ¦ InlineFileChanged
            12-models                 ¦ 11-dockerfile-inline-file ¦ MODELS_CHANGED  ¦ COPY models/ /changes-sample/models/ ¦ InputChanged
            13-forced                 ¦ 12-models            ¦ FORCED               ¦ RUN touch /changes-sample/new ¦ NoCache
            14-base-image             ¦ 13-forced            ¦ BASE_IMAGE_CHANGED   ¦ WORKDIR /changes-sample ¦ BaseImageChanged
            15-failed                 ¦ 14-base-image        ¦ CODE_CHANGED         ¦ COPY src/ /changes-sample/src/ ¦ InputChanged
            16-failed-again           ¦ 15-failed            ¦ RETRIED              ¦ RUN set -e; : make; sleep 0.4; grep ¦ NotFinishedBefore
            17-repaired               ¦ 16-failed-again      ¦ CODE_CHANGED         ¦ COPY src/ /changes-sample/src/ ¦ InputChanged
            17-repaired               ¦ 14-base-image        ¦ CODE_CHANGED         ¦ COPY src/ /changes-sample/src/ ¦ InputChanged
            18-other-target           ¦ 17-repaired          ¦ UNCHANGED            ¦ - ¦ -
            19-dependencies-and-code  ¦ 17-repaired          ¦ DEPENDENCIES_CHANGED ¦ COPY requirements.txt /changes-sample/ ¦ InputChanged
            20-pruned                 ¦ 19-dependencies-and-code ¦ CACHE_LOST       ¦ WORKDIR /changes-sample ¦ RecordPruned
            """)
    void findsScenarioFirstMissAndCause(
            String name, @Nullable String before, Scenario scenario, @Nullable String first, @Nullable String cause) {
        var comparison = compared(name, before);

        assertThat(comparison.scenario()).isEqualTo(scenario);
        if (first == null) {
            assertThat(comparison.firstMiss()).isEmpty();
        } else {
            var miss = comparison.firstMiss().orElseThrow();
            assertThat(miss.step().text()).startsWith(first);
            assertThat(miss.cause().getClass().getSimpleName()).isEqualTo(cause);
        }
    }

    @Test
    void describesTheChange() {
        assertThat(reason("07-dockerfile-text", "06-argument-back"))
                .contains("Previously: RUN set -e; : make; sleep 0.3; grep -q main");
        assertThat(reason("05-argument", "04-dependencies")).endsWith("The value of build argument VERSION changed.");
        assertThat(reason("10-dockerfile-step-removed", "09-dockerfile-new-step"))
                .endsWith("Previously: RUN sleep 0.1; sha256sum /changes-sample/models/* > /changes-sample/models/sums."
                        + " Now: COPY models/ /changes-sample/models/.");
        assertThat(reason("20-pruned", "19-dependencies-and-code"))
                .isEqualTo("First miss: WORKDIR /changes-sample."
                        + " Run 812 deleted the cache record 3 h before this build.");
    }

    @Test
    void withoutKnownLossesAPruneResemblesANewBaseImage() {
        var comparison = Comparison.of(build("20-pruned"), build("19-dependencies-and-code"), CacheLosses.NONE);
        assertThat(comparison.reason()).contains("probably points to a different base image");
    }

    @Test
    void attributesTheCascadeToTheFirstMiss() {
        var miss = compared("03-code", "02-unchanged").firstMiss().orElseThrow();

        assertThat(miss.cascade())
                .extracting(BuildStep::text)
                .satisfiesExactly(
                        text -> assertThat(text).startsWith("RUN set -e; : make"),
                        text -> assertThat(text).startsWith("COPY --from=build"),
                        text -> assertThat(text).startsWith("COPY <<EOF"),
                        text -> assertThat(text).startsWith("RUN cat"));
        assertThat(miss.cost())
                .isEqualTo(miss.cascade().stream()
                        .map(step -> Optional.ofNullable(step.duration()).orElseThrow())
                        .reduce(Duration.ZERO, Duration::plus))
                .isGreaterThan(Duration.ofMillis(300));
    }

    @Test
    void whatChangedItselfIsNoCascade() {
        var miss = compared("07-dockerfile-text", "05-argument").firstMiss().orElseThrow();
        assertThat(miss.cascade()).isEmpty();
    }

    /** Without digests, inputs and times, as a plain log tells it. Only an ENV that changed cannot be told from a lost record. */
    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource(delimiter = '¦', textBlock = """
            02-unchanged              ¦ 01-first             ¦ UNCHANGED
            03-code                   ¦ 02-unchanged         ¦ CODE_CHANGED
            04-dependencies           ¦ 03-code              ¦ DEPENDENCIES_CHANGED
            05-argument               ¦ 04-dependencies      ¦ ARGUMENT_CHANGED
            07-dockerfile-text        ¦ 06-argument-back     ¦ DOCKERFILE_CHANGED
            08-dockerfile-setting     ¦ 07-dockerfile-text   ¦ UNKNOWN
            09-dockerfile-new-step    ¦ 08-dockerfile-setting ¦ DOCKERFILE_CHANGED
            10-dockerfile-step-removed ¦ 09-dockerfile-new-step ¦ DOCKERFILE_CHANGED
            11-dockerfile-inline-file ¦ 10-dockerfile-step-removed ¦ DOCKERFILE_CHANGED
            12-models                 ¦ 11-dockerfile-inline-file ¦ MODELS_CHANGED
            13-forced                 ¦ 12-models            ¦ FORCED
            14-base-image             ¦ 13-forced            ¦ BASE_IMAGE_CHANGED
            15-failed                 ¦ 14-base-image        ¦ CODE_CHANGED
            16-failed-again           ¦ 15-failed            ¦ RETRIED
            17-repaired               ¦ 16-failed-again      ¦ CODE_CHANGED
            19-dependencies-and-code  ¦ 17-repaired          ¦ DEPENDENCIES_CHANGED
            """)
    void findsScenarioAndFirstMissInAPlainLog(String name, String before, Scenario scenario) {
        var full = Comparison.of(build(name), build(before), CacheLosses.NONE);
        var plain = Comparison.of(plain(build(name)), plain(build(before)), CacheLosses.NONE);

        assertThat(plain.scenario()).isEqualTo(scenario);
        assertThat(plain.firstMiss().map(miss -> miss.step().identity()))
                .isEqualTo(full.firstMiss().map(miss -> miss.step().identity()));
    }

    private static PastBuild plain(PastBuild build) {
        var recorder = new ProgressRecorder(ProgressLimits.DEFAULT);
        build.steps().stream()
                .filter(step -> step.startedAt() != null)
                .sorted(Comparator.comparing(step -> Objects.requireNonNull(step.startedAt())))
                .forEach(step -> {
                    recorder.begun("#" + step.number(), step.name());
                    recorder.ended("#" + step.number(), step.state(), step.duration(), step.error());
                });
        return new PastBuild(
                build.startedAt(),
                build.succeeded(),
                build.noCache(),
                build.argumentDigests(),
                BuildSteps.of(recorder.progress(), StepRules.standard()));
    }

    private static String reason(String name, String before) {
        return compared(name, before).reason();
    }

    private static Comparison compared(String name, @Nullable String before) {
        var current = build(name);
        CacheLosses losses = name.equals("20-pruned")
                ? (step, after, until) -> Optional.of(new CacheLoss.ByRun(812, until.minus(Duration.ofHours(3))))
                : CacheLosses.NONE;
        return Comparison.of(current, before == null ? null : build(before), losses);
    }

    private static PastBuild build(String name) {
        var steps = RecordedBuilds.steps(name);
        return new PastBuild(
                Optional.ofNullable(steps.getFirst().startedAt()).orElse(Instant.EPOCH),
                !name.contains("failed"),
                name.contains("forced"),
                name.equals("05-argument") ? Map.of("VERSION", "8f3c") : Map.of(),
                steps);
    }
}
