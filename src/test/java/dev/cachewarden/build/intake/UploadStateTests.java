package dev.cachewarden.build.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.build.BuildState;
import dev.cachewarden.build.steps.BuildStep;
import dev.cachewarden.build.steps.StepKind;
import dev.cachewarden.build.steps.StepRules;
import dev.cachewarden.build.store.NewBuild;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.log.ProgressReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a build ended, by its uploaded log: a failure is never DONE, and an intact log is never LOST. */
class UploadStateTests {

    private static final UploadedLog TOLD =
            new UploadedLog("app", null, null, null, null, null, null, false, null, null);

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static final String LOADED = """
            #1 [internal] load build definition from Dockerfile
            #1 transferring dockerfile: 2B done
            #1 DONE 0.0s
            """;

    private static final String TWO_TARGETS = """
            #1 [web internal] load build definition from Dockerfile
            #1 DONE 0.0s

            #2 [api internal] load build definition from Dockerfile
            #2 DONE 0.0s

            """;

    /** Of buildctl, buildx, Docker CLI, Compose, docker-compose, and CI systems that repeat them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "error: failed to solve: frontend grpc server closed unexpectedly",
                "ERROR: failed to solve: frontend grpc server closed unexpectedly",
                "ERROR: failed to build: failed to solve: dockerfile parse error on line 3: unknown instruction: RUNN",
                "ERROR: target web: failed to solve: no such file",
                "target web: failed to solve: no such file",
                "failed to solve with frontend dockerfile.v0: failed to read dockerfile: open Dockerfile: no such file",
                "failed to solve: rpc error: code = Unknown desc = failed to read dockerfile",
                "failed to build: failed to solve: no such file",
                "error: failed to receive status: rpc error: code = Unavailable desc = closing transport",
                "ERROR: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF",
                "error: failed to get status: rpc error: code = Unavailable",
                "error: failed to compute cache key: \"/x\" not found: not found",
                "error: rpc error: code = Unavailable desc = transport is closing",
                "Error: buildx failed with: ERROR: failed to solve: no such file",
                "##[error]buildx failed with: error: failed to solve: no such file",
                "::error::buildx bake failed with: ERROR: target web: failed to solve: no such file",
                "Error: failed to solve: no such file",
                "Error: failed to fetch an image or build from source: error building: failed to solve: no such file",
                "Failed to deploy a stack: compose build operation failed: failed to solve: no such file",
                "ERROR: Service 'web' failed to build : Build failed",
                "   ERROR: failed to solve: no such file   ",
                "ERROR: failed to solve: no such file\r",
            })
    void whatAClientReportsIsAFailure(String line) {
        assertThat(List.of(
                        only(LOADED + line),
                        only(LOADED + "\n" + line + "\n"),
                        only(LOADED + "\n#2 [1/2] RUN make\n#2 DONE 0.1s\n\n" + line + "\n$ echo done\n")))
                .allSatisfy(build -> {
                    assertThat(build.state()).isEqualTo(BuildState.FAILED);
                    assertThat(build.error())
                            .isNotNull()
                            .doesNotStartWith("ERROR")
                            .doesNotStartWith("error");
                });
    }

    @Test
    void theErrorIsWhatTheClientReports() {
        assertThat(only(LOADED
                                + "error: failed to solve: failed to read dockerfile: open web.Dockerfile: no such file or directory\n")
                        .error())
                .isEqualTo(
                        "failed to solve: failed to read dockerfile: open web.Dockerfile: no such file or directory");
    }

    /** Right behind what a step printed, or its header, without an empty line between. */
    @ParameterizedTest
    @ValueSource(strings = {"", "#2 0.100 half way\n", "#2 transferring context: 2B\n"})
    void aClientReportsAFailureWhileAStepRuns(String before) {
        var build = only(LOADED + "\n#2 [1/2] RUN make\n" + before
                + "ERROR: failed to receive status: rpc error: code = Unavailable desc = EOF\n");

        assertThat(build.state()).isEqualTo(BuildState.FAILED);
        assertThat(build.error()).startsWith("failed to receive status");
        assertThat(build.steps().getLast().log()).doesNotContain("receive status");
    }

    @Test
    void theErrorOfAStepEndsWhereTheClientReports() {
        var build = only(LOADED + "#2 [1/2] RUN make\n#2 ERROR: exit code: 2\nERROR: failed to solve: exit code: 2\n");

        assertThat(build.error()).isEqualTo("exit code: 2");
    }

    /** What a job does next, after a build that ended well. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "error: failed to push some refs to 'https://git.example.test/app.git'",
                "failed to get console mode for stdout: The handle is invalid.",
                "ERROR: Job failed: exit code 1",
                "error: pathspec 'x' did not match any file(s) known to git",
                "Error: failed to load the config",
            })
    void errorsOfOthersAreNoFailure(String line) {
        assertThat(only(LOADED + "\n#2 [1/1] RUN make\n#2 DONE 0.4s\n" + line + "\n")
                        .state())
                .isEqualTo(BuildState.DONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#2 [1/2] RUN make\n",
                "#2 [auth] library/debian:pull token for registry-1.docker.io\n",
                "#2 [auth] library/debian:pull token for registry-1.docker.io\n#2 CANCELED\n",
                "#2 importing cache manifest from registry.test/web\n#2 ERROR: not found\n",
            })
    void aBuildThatHandedOutItsResultIsDone(String step) {
        String exported = "\n#3 exporting to image\n#3 exporting layers done\n#3 DONE 0.1s\n";

        assertThat(only(LOADED + "\n" + step + exported).state()).isEqualTo(BuildState.DONE);
    }

    @Test
    void aBuildWithoutAResultWhoseLogEndsIsLost() {
        assertThat(only(LOADED + "\n#2 [1/2] RUN make\n").state()).isEqualTo(BuildState.LOST);
        assertThat(only(LOADED + "\n#2 [1/2] RUN make\n#2 DONE 1.0s\n\n#3 exporting to image\n#3 exporting layers\n")
                        .state())
                .isEqualTo(BuildState.LOST);
        assertThat(only(LOADED + "\n#2 exporting to image\n#2 DONE 1.0s\n\n#3 exporting cache to registry\n")
                        .state())
                .isEqualTo(BuildState.LOST);
    }

    /** As where a log viewer shows the first lines, or a paste stops. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#2 [stage-0  2/10] WORKDIR /app\n#2 DONE 0.1s\n",
                "#2 [web 1/4] FROM debian\n#2 CACHED\n\n#3 [api 2/2] RUN make\n#3 CACHED\n",
                "",
                "#2 [internal] load .dockerignore\n#2 DONE 0.0s\n",
                "#2 [auth] library/debian:pull token for registry-1.docker.io\n#2 DONE 0.0s\n"
            })
    void aLogThatStopsBetweenInstructionsIsLost(String steps) {
        var build = only(LOADED + "\n" + steps);

        assertThat(build.state()).isEqualTo(BuildState.LOST);
        assertThat(build.gaps())
                .containsExactly("The log ends before the build does: instructions are missing at its end.");
        assertThat(only(LOADED + "\n" + steps + "\n#4 exporting to image\n#4 DONE 0.1s\n")
                        .gaps())
                .isEmpty();
    }

    /** Of targets built at once each ends for itself: the log was cut off while another one ran. */
    @Test
    void aTargetThatHadNotHandedOutItsResultWhenTheLogWasCutOffIsLost() {
        var builds = read(TWO_TARGETS + """
                #3 [docs internal] load build definition from Dockerfile
                #3 DONE 0.0s

                #4 [web 1/1] FROM docker.io/library/nginx:1
                #4 CACHED

                #5 [web] exporting to image
                #5 DONE 0.1s

                #6 [api 1/1] FROM docker.io/library/golang:1
                #6 CACHED

                #7 [docs 1/2] FROM docker.io/library/ruby:3
                #7 CACHED

                #8 [docs 2/2] RUN jekyll build
                #8 0.200 Source: /site
                """);

        assertThat(builds)
                .extracting(NewBuild::state)
                .containsExactly(BuildState.DONE, BuildState.LOST, BuildState.LOST);
        assertThat(builds.get(1).gaps())
                .containsExactly("The log ends before the build does: its result was not exported yet.");
    }

    /** Where an excerpt stops inside the line in which a CI system repeats the error. */
    @Test
    void aRepeatedErrorThatIsCutOffReplacesNothing() {
        String error = "failed to solve: failed to read dockerfile: open web.Dockerfile: no such file or directory";

        assertThat(only(LOADED + "ERROR: " + error + "\nError: buildx failed with: ERROR: " + error.substring(0, 40))
                        .error())
                .isEqualTo(error);
    }

    @Test
    void theCacheOfGitHubActionsIsNoResult() {
        String log = LOADED + "\n#2 [1/1] RUN make\n\n#3 exporting to GitHub Actions Cache\n#3 DONE 0.6s\n";

        assertThat(only(log).state()).isEqualTo(BuildState.LOST);
        assertThat(only(log).steps()).extracting(BuildStep::kind).endsWith(StepKind.CACHE_EXPORT);
    }

    @Test
    void aResultThatCannotBeHandedOutIsAFailure() {
        String exporting = LOADED + "\n#2 exporting to image\n#2 exporting layers done\n#2 DONE 0.4s\n\n";

        assertThat(only(exporting + "#2 exporting to image\n#2 pushing layers\n#2 ERROR: denied\n")
                        .state())
                .isEqualTo(BuildState.FAILED);
        assertThat(only(exporting + "#3 exporting cache to registry\n#3 ERROR: denied\n")
                        .state())
                .isEqualTo(BuildState.FAILED);
    }

    /** Several failed steps in a view, which has no error of its own for any of them. */
    @Test
    void theErrorIsTheClientsIfItFitsSeveralSteps() {
        String view = """
                [+] Building 1.2s (4/4) FINISHED
                 => [internal] load build definition from Dockerfile        0.1s
                 => [1/3] FROM docker.io/library/gears:4                    0.2s
                 => ERROR [2/3] COPY cogs ./                                0.0s
                 => ERROR [3/3] COPY axles ./                               0.0s
                ------
                 > [2/3] COPY cogs ./:
                ------
                ------
                 > [3/3] COPY axles ./:
                ------
                """;
        String error = "failed to solve: failed to compute cache key: \"/cogs\": not found";

        assertThat(only(view + "ERROR: " + error).error()).isEqualTo(error);
        assertThat(only(view).error()).isEqualTo("failed");
        assertThat(only(view).state()).isEqualTo(BuildState.FAILED);
    }

    /** If steps of several targets failed, the error of the call may be that of another target. */
    @Test
    void aTargetDoesNotHaveTheErrorOfAnother() {
        String view = """
                [+] Building 1.2s (6/6) FINISHED
                 => [web internal] load build definition from Dockerfile    0.1s
                 => [api internal] load build definition from Dockerfile    0.1s
                 => ERROR [web 1/1] COPY cogs ./                            0.0s
                 => ERROR [api 1/1] COPY axles ./                           0.0s
                """;

        assertThat(read(view + "failed to solve: \"/cogs\": not found\n"))
                .extracting(NewBuild::state, NewBuild::error)
                .containsExactly(tuple(BuildState.FAILED, "failed"), tuple(BuildState.FAILED, "failed"));
    }

    /** A copy that ends before the reason, where nothing runs under one of the targets. */
    @Test
    void aTargetWithoutAResultIsNotDoneIfTheCallWasCanceled() {
        String view = """
                [+] Building 2.3s (3/9)
                 => [web internal] load build definition from Dockerfile    0.1s
                 => [api internal] load build definition from Dockerfile    0.1s
                 => CANCELED [web internal] load metadata for gears:4       2.2s
                """;
        String plain = TWO_TARGETS + "#3 [web internal] load metadata for gears:4\n#3 CANCELED\n";

        for (String log : List.of(view, plain)) {
            var builds = read(log);

            assertThat(builds).extracting(NewBuild::state).containsExactly(BuildState.CANCELED, BuildState.LOST);
            assertThat(builds.getLast().gaps())
                    .contains("The log ends before the build does: its result was not exported yet.");
        }
    }

    /** The failing step is printed under one of the targets that need it, and the others show no failure of their own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ERROR: target web: failed to solve: exit code: 1\n",
                "ERROR: failed to solve: exit code: 1\n"
            })
    void aTargetThatLostASharedStepFailed(String line) {
        var builds = read(TWO_TARGETS + "#3 [web base 1/2] RUN make\n#3 ERROR: exit code: 1\n\n" + line);

        assertThat(builds).extracting(NewBuild::state).containsExactly(BuildState.FAILED, BuildState.FAILED);
        assertThat(builds.getLast().error()).endsWith("exit code: 1");
    }

    @Test
    void targetsThatEndedBeforeAnotherOneFailedAreDoneOrCanceled() {
        String web = "#3 [web 1/1] RUN make\n#3 ERROR: exit code: 1\n\n";
        String error = "ERROR: target web: failed to solve: exit code: 1\n";
        var done = read(TWO_TARGETS
                + "#4 [api 1/1] RUN true\n#4 DONE 0.1s\n\n#5 [api] exporting to image\n#5 DONE 0.1s\n\n" + web + error);
        var canceled = read(TWO_TARGETS + "#4 [api 1/1] RUN true\n#4 CANCELED\n\n" + web + error);

        assertThat(done).extracting(NewBuild::state).containsExactlyInAnyOrder(BuildState.FAILED, BuildState.DONE);
        assertThat(canceled)
                .extracting(NewBuild::state)
                .containsExactlyInAnyOrder(BuildState.FAILED, BuildState.CANCELED);
    }

    @Test
    void aCallThatOnlyChecksTheDockerfileIsDone() {
        assertThat(only(LOADED
                                + "\n#2 [internal] load .dockerignore\n#2 DONE 0.0s\nCheck complete, no warnings found.\n")
                        .state())
                .isEqualTo(BuildState.DONE);
    }

    private static NewBuild only(String log) {
        assertThat(read(log)).hasSize(1);
        return read(log).getFirst();
    }

    private static List<NewBuild> read(String log) {
        var reader = new ProgressReader(ProgressLimits.DEFAULT);
        byte[] bytes = log.getBytes(UTF_8);
        reader.feed(bytes, 0, bytes.length);
        var reading = new UploadReading(TOLD, name -> StepRules.standard());
        return reader.finish().stream()
                .map(build -> reading.ended(build, 0, UploadReading.End.WHOLE, null, NOW))
                .toList();
    }
}
