package dev.cachewarden.progress.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BuildKit ends a vertex, prints its header again, reports more, and ends it again. That is one vertex of one build. */
class RestartedStepsTests extends RestartedStepsStage {

    @ParameterizedTest
    @CsvSource({"'#0 building with \"default\" instance using docker driver\n\n'", "''"})
    void everyKindOfVertexMayRunTwice(String described) {
        var build = only(described + """
                #1 [internal] load build definition from build.Dockerfile
                #1 DONE 0.0s

                #1 [internal] load build definition from build.Dockerfile
                #1 transferring dockerfile: 512B 0.0s done
                #1 DONE 0.2s

                #2 [internal] load build context
                #2 DONE 0.0s

                #3 importing cache manifest from registry.test/web:cache
                #3 DONE 0.1s

                #4 https://example.test/tool.tar.gz
                #4 DONE 0.2s

                #5 [base 1/3] FROM docker.io/library/debian:12@sha256:1111111111111111111111111111111111111111111111111111111111111111
                #5 resolve docker.io/library/debian:12@sha256:1111111111111111111111111111111111111111111111111111111111111111 done
                #5 DONE 0.1s

                #2 [internal] load build context
                #2 transferring context: 7.25MB 1.1s done
                #2 DONE 1.2s

                #5 [base 1/3] FROM docker.io/library/debian:12@sha256:1111111111111111111111111111111111111111111111111111111111111111
                #5 sha256:2222222222222222222222222222222222222222222222222222222222222222 5.00MB / 29.10MB 0.4s
                #5 ...

                #4 https://example.test/tool.tar.gz
                #4 DONE 0.9s

                #5 [base 1/3] FROM docker.io/library/debian:12@sha256:1111111111111111111111111111111111111111111111111111111111111111
                #5 extracting sha256:2222222222222222222222222222222222222222222222222222222222222222 0.8s done
                #5 DONE 2.4s

                #6 [base 2/3] COPY package.json .
                #6 DONE 0.0s

                #6 [base 2/3] COPY package.json .
                #6 CACHED

                #7 [base 3/3] RUN make
                #7 0.100 one
                #7 DONE 3.0s

                #8 exporting to image
                #8 exporting layers 0.3s done
                #8 DONE 0.3s

                #9 exporting cache to registry
                #9 preparing build cache for export
                #9 DONE 0.1s

                #8 exporting to image
                #8 pushing layers 1.0s done
                #8 DONE 1.4s

                #9 exporting cache to registry
                #9 writing layer sha256:3333333333333333333333333333333333333333333333333333333333333333 done
                #9 DONE 0.6s
                """);

        assertThat(described(build))
                .containsExactly(
                        "[internal] load build definition from build.Dockerfile DONE PT0.2S",
                        "[internal] load build context DONE PT1.2S",
                        "importing cache manifest from registry.test/web:cache DONE PT0.1S",
                        "https://example.test/tool.tar.gz DONE PT0.9S",
                        "[base 1/3] FROM docker.io/library/debian:12@sha256:" + "1".repeat(64) + " DONE PT2.4S",
                        "[base 2/3] COPY package.json . CACHED null",
                        "[base 3/3] RUN make DONE PT3S",
                        "exporting to image DONE PT1.4S",
                        "exporting cache to registry DONE PT0.6S");
        assertThat(build.vertices().get(1).statuses())
                .extracting(part -> part.current())
                .containsExactly(7_250_000L);
        assertThat(build.gaps()).isEmpty();
    }

    /** As in BuildKit's own display, the last end counts. */
    @ParameterizedTest
    @CsvSource({
        "CACHED, DONE 1.5s, DONE PT1.5S",
        "DONE 0.1s, DONE 1.5s, DONE PT1.5S",
        "DONE 0.1s, CACHED, CACHED null",
        "DONE 0.1s, ERROR: exit code: 1, FAILED null",
        "CANCELED, DONE 1.5s, DONE PT1.5S",
        "ERROR: not found, DONE 1.5s, DONE PT1.5S",
        "DONE 0.1s, CANCELED, CANCELED null",
        "CACHED, ERROR: exit code: 1, FAILED null",
    })
    void theLastEndCounts(String first, String last, String expected) {
        var build = only(BEGIN + """
                #3 [2/2] RUN make
                #3 %s

                #4 [internal] load build context
                #4 transferring context: 2B done
                #4 ...

                #3 [2/2] RUN make
                #3 0.100 again
                #3 %s

                #4 [internal] load build context
                #4 DONE 0.1s
                """.formatted(first, last));

        assertThat(described(build)).contains("[2/2] RUN make " + expected).hasSize(4);
        assertThat(build.gaps()).isEmpty();
    }

    /** A Dockerfile that is loaded again once instructions have begun is another build's, unless the one before goes on behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#4 [2/2] RUN make\n#4 DONE 1.0s\n",
                "#4 exporting to image\n#4 DONE 0.1s\n",
            })
    void aDockerfileIsLoadedAgainInTheMiddleOfABuild(String next) {
        String again = "#1 [internal] load build definition from Dockerfile\n#1 transferring dockerfile: 90B done\n"
                + "#1 DONE 0.4s\n\n";
        var build = only(BEGIN + "#3 [1/2] FROM docker.io/library/debian:12\n#3 DONE 0.1s\n\n" + again + next);

        assertThat(described(build))
                .hasSize(4)
                .startsWith("[internal] load build definition from Dockerfile DONE PT0.4S");
        assertThat(build.gaps()).isEmpty();
    }

    @Test
    void aDockerfileIsLoadedAgainWhileAStepRuns() {
        var build = only(BEGIN + """
                #3 [2/2] RUN make
                #3 0.100 one
                #3 ...

                #1 [internal] load build definition from Dockerfile
                #1 DONE 0.4s

                #3 [2/2] RUN make
                #3 0.200 two
                #3 DONE 1.0s
                """);

        assertThat(build.vertices().getLast().log()).isEqualTo("one\ntwo");
        assertThat(build.gaps()).isEmpty();
    }

    /** One vertex makes the same instruction of two stages, and has the name of either. */
    @Test
    void oneVertexMayHaveTheNamesOfTwoStages() {
        var build = only(BEGIN + """
                #3 [web 2/4] WORKDIR /srv
                #3 DONE 0.0s

                #4 [api 3/3] RUN make
                #4 ...

                #3 [api 2/3] WORKDIR /srv
                #3 CACHED

                #4 [api 3/3] RUN make
                #4 DONE 0.4s
                """);

        assertThat(build.vertices()).hasSize(4);
        assertThat(build.gaps()).isEmpty();
    }

    @Test
    void targetsOfBakeRestartTheirVertices() {
        var builds = read("""
                #0 building with "ci" instance using docker-container driver

                #1 [web internal] load build definition from Dockerfile
                #1 DONE 0.0s

                #2 [api internal] load build definition from api.Dockerfile
                #2 DONE 0.0s

                #1 [web internal] load build definition from Dockerfile
                #1 transferring dockerfile: 90B done
                #1 DONE 0.1s

                #3 [web 1/1] RUN one
                #3 DONE 0.5s

                #2 [api internal] load build definition from api.Dockerfile
                #2 transferring dockerfile: 80B done
                #2 DONE 0.1s

                #4 [api 1/1] RUN two
                #4 DONE 0.6s

                #5 [web] exporting to image
                #5 DONE 0.1s

                #1 [web internal] load build definition from Dockerfile
                #1 DONE 0.1s

                #6 [api] exporting to image
                #6 DONE 0.1s
                """);

        assertThat(builds).extracting(BuildProgress::target).containsExactly("web", "api");
        assertThat(builds).allSatisfy(build -> {
            assertThat(build.vertices()).hasSize(3);
            assertThat(build.gaps()).doesNotContain(MIXED);
        });
    }

    /** Each node of a builder loads the Dockerfile; before 0.11 buildx does not describe the builder first. */
    @Test
    void nodesOfAnOlderBuilderLoadTheDockerfileEach() {
        var build = only("""
                #1 [internal] load .dockerignore
                #1 DONE 0.0s

                #2 [internal] load build definition from Dockerfile
                #2 DONE 0.0s

                #3 [internal] load .dockerignore
                #3 DONE 0.0s

                #4 [internal] load build definition from Dockerfile
                #4 DONE 0.0s

                #5 [linux/amd64 1/1] COPY a /
                #5 DONE 0.1s

                #6 [linux/arm64 1/1] COPY a /
                #6 DONE 0.1s
                """);

        assertThat(build.vertices()).hasSize(6);
        assertThat(build.gaps()).isEmpty();
    }

    @Test
    void aVertexThatIsHeadedAgainRunsUntilItEnds() {
        String begun = BEGIN
                + "#3 [2/2] RUN make\n#3 DONE 0.5s\n\n#2 [internal] load metadata for docker.io/library/debian:12\n";
        var cut = only(begun);
        var whole = only(begun + "\n#4 exporting to image\n#4 DONE 0.1s\n");

        assertThat(cut.vertices().get(1).state().name()).isEqualTo("RUNNING");
        assertThat(cut.vertices().get(1).duration()).isNull();
        assertThat(cut.gaps()).containsExactly("The log ends before the build does: 1 of its steps did not end.");
        assertThat(described(whole)).contains("[internal] load metadata for docker.io/library/debian:12 DONE PT0.3S");
        assertThat(whole.gaps()).isEmpty();
    }

    @Test
    void whatIsExportedNeedsNoMoreSteps() {
        String log = BEGIN + """
                #3 [1/2] RUN one

                #4 [auth] library/debian:pull token for registry-1.docker.io

                #5 [2/2] RUN two
                #5 DONE 0.5s

                #6 exporting to image
                """;

        assertThat(only(log).gaps()).containsExactly("The log ends before the build does: 3 of its steps did not end.");
        assertThat(only(log + "#6 DONE 0.1s\n").gaps())
                .containsExactly("The log does not show how 1 of the steps ended.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"   \n", "\t\n", " \r\n", "\r\r\n"})
    void blanksBehindLinesChangeNothing(String end) {
        var log = new RecordedLog("28.5/failing.plain");

        assertThat(SameBuild.asPrinted(only(log.text().replaceAll("(?m)(?<!\\d\\.\\d{1,3} .{0,900})\n", end))))
                .isEqualTo(SameBuild.asPrinted(log.build()));
    }

    @Test
    void theLastLineMayHaveNoEnd() {
        assertThat(only((BEGIN + "#3 [2/2] RUN make\n#3 DONE 0.5s").replace("\n", "\r\n"))
                        .gaps())
                .isEmpty();
    }
}
