package dev.cachewarden.progress.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.progress.BuildProgress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps that targets share are shown once, under the name that one target has for them. The other targets of a step are derived. */
class SharedStepsTests extends SharedStepsStage {

    /** Steps of a target whose Dockerfile has no stage names stay its own, though another target copies from a stage. */
    @Test
    void aStageWithoutANameBelongsToItsOwnTarget() {
        var builds = RecordedLog.read("""
                        #1 [internal] load local bake definitions
                        #1 DONE 0.0s

                        #2 [site internal] load build definition from Dockerfile
                        #2 DONE 0.0s

                        #3 [agent internal] load build definition from Dockerfile
                        #3 DONE 0.0s

                        #4 [site bundle 1/2] FROM docker.io/library/node:22
                        #4 DONE 0.2s

                        #5 [site bundle 2/2] RUN yarn bundle
                        #5 CACHED

                        #6 [site] exporting to image
                        #6 DONE 0.1s

                        #7 [agent 1/2] FROM docker.io/library/rust:1.80
                        #7 DONE 0.1s

                        #8 [agent 2/2] RUN cargo build
                        #8 DONE 14.0s

                        #9 [agent] exporting to image
                        #9 DONE 0.3s
                        """.getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .extracting(BuildProgress::target, SharedStepsTests::names, BuildProgress::gaps)
                .containsExactly(
                        tuple(
                                "site",
                                List.of(
                                        "[internal] load build definition from Dockerfile",
                                        "[bundle 1/2] FROM docker.io/library/node:22",
                                        "[bundle 2/2] RUN yarn bundle",
                                        "exporting to image"),
                                List.of()),
                        tuple(
                                "agent",
                                List.of(
                                        "[internal] load build definition from Dockerfile",
                                        "[1/2] FROM docker.io/library/rust:1.80",
                                        "[2/2] RUN cargo build",
                                        "exporting to image"),
                                List.of()));
    }

    /** Two stages of one target begin alike; the other target begins with something else at the same places. */
    @Test
    void aBaseSharedInsideATargetIsNotFilledFromAnother() {
        var builds = RecordedLog.read("""
                        #1 [shop internal] load build definition from Dockerfile
                        #1 DONE 0.0s

                        #2 [mail internal] load build definition from Dockerfile
                        #2 DONE 0.0s

                        #3 [shop modules 1/3] FROM docker.io/library/node:22
                        #3 DONE 0.1s

                        #4 [shop modules 2/3] WORKDIR /srv
                        #4 CACHED

                        #5 [shop modules 3/3] RUN pnpm install
                        #5 DONE 6.0s

                        #6 [shop run 3/3] COPY --from=modules /srv/node_modules ./node_modules
                        #6 DONE 0.8s

                        #7 [mail small 1/3] FROM docker.io/library/alpine:3.21
                        #7 CACHED

                        #8 [mail small 2/3] RUN apk add postfix
                        #8 DONE 5.0s

                        #9 [mail small 3/3] COPY conf /etc/postfix
                        #9 DONE 0.1s
                        """.getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .extracting(BuildProgress::target, SharedStepsTests::instructions, BuildProgress::gaps)
                .containsExactly(
                        tuple(
                                "shop",
                                List.of(
                                        "[modules 1/3] FROM docker.io/library/node:22",
                                        "[modules 2/3] WORKDIR /srv",
                                        "[modules 3/3] RUN pnpm install",
                                        "[run 3/3] COPY --from=modules /srv/node_modules ./node_modules"),
                                List.of(UNCERTAIN)),
                        tuple(
                                "mail",
                                List.of(
                                        "[small 1/3] FROM docker.io/library/alpine:3.21",
                                        "[small 2/3] RUN apk add postfix",
                                        "[small 3/3] COPY conf /etc/postfix"),
                                List.of()));
    }

    /** A stage that begins with another stage counts from there: its second instruction is not at the second place of other stages. */
    @Test
    void aMissingPlaceIsNotFilledByOneThatCountsFromElsewhere() {
        var builds = RecordedLog.read("""
                        #1 [panel internal] load build definition from panel.Dockerfile
                        #1 DONE 0.0s

                        #2 [batch internal] load build definition from batch.Dockerfile
                        #2 DONE 0.0s

                        #3 [panel common 1/1] FROM docker.io/library/node:24
                        #3 DONE 0.1s

                        #4 [panel modules 1/2] WORKDIR /srv
                        #4 CACHED

                        #5 [panel modules 2/2] RUN yarn install
                        #5 DONE 9.0s

                        #6 [batch 3/3] RUN node --version
                        #6 DONE 0.4s
                        """.getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .filteredOn(build -> "batch".equals(build.target()))
                .singleElement()
                .satisfies(build -> {
                    assertThat(instructions(build)).containsExactly("[3/3] RUN node --version");
                    assertThat(build.gaps()).containsExactly(UNCERTAIN);
                });
    }

    /** A stage may begin with another one although it does not show where: its places say nothing of how far it is from an image. */
    @Test
    void aStageThatDoesNotShowItsBeginningIsNotFilled() {
        var builds = RecordedLog.read("""
                        #1 [panel internal] load build definition from panel.Dockerfile
                        #1 DONE 0.0s

                        #2 [batch internal] load build definition from batch.Dockerfile
                        #2 DONE 0.0s

                        #3 [panel common 1/1] FROM docker.io/library/node:24
                        #3 DONE 0.1s

                        #4 [batch 2/3] WORKDIR /srv
                        #4 CACHED

                        #5 [panel modules 2/2] RUN yarn install
                        #5 DONE 9.0s

                        #6 [batch 3/3] RUN node --version
                        #6 DONE 0.4s
                        """.getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .filteredOn(build -> "panel".equals(build.target()))
                .singleElement()
                .satisfies(build -> assertThat(build.gaps()).containsExactly(UNCERTAIN));
    }

    /** Both services have a Dockerfile of one stage, alike but for the files: what only one of them shows at a place is of both. */
    @Test
    void aPlaceThatShowsOnceIsOfEachStageThatBeginsWithAnImage() {
        var builds = RecordedLog.read("""
                        #1 [feed internal] load build definition from Dockerfile
                        #1 DONE 0.0s

                        #2 [pump internal] load build definition from Dockerfile
                        #2 DONE 0.0s

                        #3 [pump 1/4] FROM docker.io/library/python:3.13
                        #3 DONE 0.2s

                        #4 [pump 2/4] WORKDIR /opt
                        #4 CACHED

                        #5 [feed 3/4] COPY feed.py .
                        #5 DONE 0.1s

                        #6 [feed 4/4] RUN python feed.py --check
                        #6 DONE 0.8s

                        #7 [pump 3/4] COPY pump.py .
                        #7 DONE 0.1s

                        #8 [pump 4/4] RUN python pump.py --check
                        #8 DONE 0.9s
                        """.getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .filteredOn(build -> "feed".equals(build.target()))
                .singleElement()
                .satisfies(build -> {
                    assertThat(instructions(build))
                            .containsExactly(
                                    "[1/4] FROM docker.io/library/python:3.13",
                                    "[2/4] WORKDIR /opt",
                                    "[3/4] COPY feed.py .",
                                    "[4/4] RUN python feed.py --check");
                    assertThat(build.gaps()).isEmpty();
                });
    }

    /** Two targets that differ in a label: their last step may show under either, and what it copies from under the other. */
    @Test
    void theEndOfAStageThatAnotherTargetCopiesFromIsNotTheLastStep() {
        var builds = RecordedLog.read("""
                        #1 [blue internal] load build definition from Dockerfile
                        #1 DONE 0.0s

                        #2 [blue tools 1/2] FROM docker.io/library/golang:1.25
                        #2 DONE 0.1s

                        #3 [blue tools 2/2] RUN go build -o /out ./...
                        #3 DONE 8.0s

                        #4 [green run 1/2] FROM docker.io/library/alpine:3.22
                        #4 DONE 0.1s

                        #5 [green run 2/2] COPY --from=tools /out /usr/bin
                        #5 DONE 0.1s

                        #6 [blue] exporting to image
                        #6 exporting config sha256:1111111111111111111111111111111111111111111111111111111111111111 done
                        #6 DONE 0.1s

                        #7 [green] exporting to image
                        #7 exporting config sha256:2222222222222222222222222222222222222222222222222222222222222222 done
                        #7 DONE 0.1s
                        """.getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .extracting(BuildProgress::target, BuildProgress::gaps)
                .containsExactly(tuple("blue", List.of(UNCERTAIN)), tuple("green", List.of()));
    }

    /** What is read of a target when another one is canceled: nothing is derived, as steps may not show at all. */
    @Test
    void nothingIsDerivedFromALogOfAFailedBuild() {
        var builds = RecordedLog.read("""
                        #1 [a internal] load build definition from Dockerfile
                        #1 DONE 0.0s

                        #2 [b internal] load build definition from Dockerfile
                        #2 DONE 0.0s

                        #3 [a build 1/3] FROM docker.io/library/golang:1.23
                        #3 DONE 0.1s

                        #4 [b build 2/3] COPY . .
                        #4 DONE 0.1s

                        #5 [b build 3/3] RUN make
                        #5 ERROR: process "/bin/sh -c make" did not complete successfully: exit code: 2

                        #6 [a 1/1] COPY x /
                        #6 CANCELED
                        ERROR: target b: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2
                        """.getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .filteredOn(build -> "b".equals(build.target()))
                .singleElement()
                .satisfies(build -> {
                    assertThat(instructions(build)).containsExactly("[build 2/3] COPY . .", "[build 3/3] RUN make");
                    assertThat(build.gaps()).containsExactly(UNCERTAIN);
                });
    }

    /** Targets that show in no step but their instructions are targets, too. */
    @Test
    void aTargetIsKnownByItsInstructions() {
        var builds = RecordedLog.read("""
                        #1 [one first 1/2] FROM docker.io/library/golang:1.23
                        #1 DONE 0.1s

                        #2 [two second 1/2] FROM docker.io/library/node:22
                        #2 DONE 0.1s

                        #3 [two second 2/2] RUN npm ci
                        #3 DONE 7.0s

                        #4 [one first 2/2] RUN go build
                        #4 DONE 9.0s
                        """.getBytes(StandardCharsets.UTF_8));

        assertThat(builds)
                .extracting(BuildProgress::target, SharedStepsTests::instructions)
                .containsExactly(
                        tuple(
                                "one",
                                List.of("[first 1/2] FROM docker.io/library/golang:1.23", "[first 2/2] RUN go build")),
                        tuple(
                                "two",
                                List.of("[second 1/2] FROM docker.io/library/node:22", "[second 2/2] RUN npm ci")));
    }
}
