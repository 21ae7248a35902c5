package dev.cachewarden.progress.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that contain a build twice, or lines that look like a second build. */
class RepeatedBuildsTests extends RestartedStepsStage {

    @ParameterizedTest
    @ValueSource(strings = {"", "$ docker build .\n", "\n"})
    void theSameBuildTwiceInOneLogIsTwo(String between) {
        String log = BEGIN + "#3 [2/2] RUN make\n#3 DONE 1.0s\n\n";

        assertThat(read(log + between + log)).hasSize(2).allSatisfy(build -> {
            assertThat(build.vertices()).hasSize(3);
            assertThat(build.gaps()).isEmpty();
        });
    }

    @Test
    void aSecondBuildThatHasOnlyBegunIsAnother() {
        String log = BEGIN + "#3 [2/2] RUN make\n#3 DONE 1.0s\n\n";

        assertThat(read(log + "#1 [internal] load build definition from Dockerfile\n"))
                .extracting(build -> build.vertices().size())
                .containsExactly(3, 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#3 DONE 0.9s\n",
                "#3 [2/2] RUN other\n#3 DONE 0.9s\n",
                "#3 [internal] load build context\n#3 DONE 0.9s\n",
            })
    void onlyASecondBuildExplainsTwoEndsUnderOneHeaderOrTwoNames(String more) {
        String log = BEGIN.replace("#1", "#8").replace("#2", "#9") + "#3 [2/2] RUN make\n#3 DONE 0.5s\n\n";

        assertThat(read(log.replace("#3", "#6") + more.replace("#3", "#6")))
                .anySatisfy(build -> assertThat(build.gaps()).contains(MIXED));
    }

    /** As where a shell has sent the output to one file twice. */
    @Test
    void linesThatAreWrittenTwiceAreNoSecondBuild() {
        String log = BEGIN + "#3 [2/2] RUN make\n#3 DONE 0.5s\n\n#4 exporting to image\n#4 DONE 0.1s\n";

        var build = only(log.replaceAll("(?m)^(.*)\n", "$1\n$1\n"));

        assertThat(build.vertices()).hasSize(4);
        assertThat(build.gaps()).isEmpty();
    }

    /** Parallel stages of a CI run: the second build's lines go on in the middle of the first one's. */
    @Test
    void secondBuildInTheMiddleIsInterleaved() {
        var builds = read("""
                #1 [internal] load build definition from Dockerfile
                #1 DONE 0.0s

                #2 [internal] load metadata for docker.io/library/node:24
                #2 DONE 0.5s

                #3 [internal] load .dockerignore
                #3 DONE 0.0s

                #4 [internal] load build context
                #4 DONE 0.2s

                #5 [1/6] FROM docker.io/library/node:24
                #5 resolve docker.io/library/node:24 done

                #4 [1/3] FROM docker.io/library/nginx:1
                #4 DONE 0.1s
                """);

        assertThat(builds)
                .hasSize(2)
                .allSatisfy(build -> assertThat(build.gaps()).contains(MIXED));
    }
}
