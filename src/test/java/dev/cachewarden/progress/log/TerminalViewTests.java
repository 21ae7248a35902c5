package dev.cachewarden.progress.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What builds show on a terminal, whole and in part. */
class TerminalViewTests {

    private static final String FINISHED = """
            [+] Building 21.4s (8/8) FINISHED                                docker:desktop-linux
             => [internal] load build definition from Dockerfile                             0.1s
             => => transferring dockerfile: 633B                                             0.0s
             => [internal] load metadata for docker.io/library/golang:1.23                   0.9s
             => [internal] load .dockerignore                                                0.0s
             => CACHED [build 1/3] FROM docker.io/library/golang:1.23@sha256:3333            0.0s
             => [internal] load build context                                                0.2s
             => => transferring context: 4.10MB                                              0.1s
             => CACHED [build 2/3] WORKDIR /src                                              0.0s
             => [build 3/3] RUN go build ./...                                              19.6s
             => exporting to image                                                           0.5s
             => => exporting layers                                                          0.4s
             => => naming to docker.io/example/api:dev                                       0.0s
            """;

    private static final String FAILED = """
            [+] Building 2.2s (6/7)                                                 docker:default
             => [internal] load build definition from Dockerfile                             0.0s
             => [1/4] FROM docker.io/library/ruby:3.4                                        0.0s
             => CACHED [2/4] WORKDIR /app                                                    0.0s
             => CANCELED [lint 2/2] RUN rubocop                                              1.4s
             => [3/4] COPY Gemfile ./                                                        0.1s
             => ERROR [4/4] RUN bundle install --jobs 4 --retry 3 --without develop...       1.5s
            ------
             > [4/4] RUN bundle install --jobs 4 --retry 3 --without development test:
            0.911 Fetching gem metadata
            1.302 Could not find gem 'rails'
            ------
            Dockerfile:6
            --------------------
               5 |     COPY Gemfile ./
               6 | >>> RUN bundle install
            --------------------
            ERROR: failed to solve: process "/bin/sh -c bundle install" did not complete successfully: exit code: 7
            """;

    @Test
    void finishedViewIsABuild() {
        var build = only(FINISHED);

        assertThat(facts(build))
                .containsExactly(
                        "[internal] load build definition from Dockerfile DONE PT0.1S",
                        "[internal] load metadata for docker.io/library/golang:1.23 DONE PT0.9S",
                        "[internal] load .dockerignore DONE PT0S",
                        "[build 1/3] FROM docker.io/library/golang:1.23@sha256:3333 CACHED null",
                        "[internal] load build context DONE PT0.2S",
                        "[build 2/3] WORKDIR /src CACHED null",
                        "[build 3/3] RUN go build ./... DONE PT19.6S",
                        "exporting to image DONE PT0.5S");
        assertThat(build.vertices().get(4).statuses())
                .singleElement()
                .matches(part -> part.id().equals("transferring context:") && part.current() == 4_100_000);
        assertThat(build.span().duration()).isEqualTo(Duration.ofMillis(21_400));
        assertThat(build.span().open()).isFalse();
        assertThat(build.failure()).isNull();
        assertThat(build.gaps()).singleElement().asString().startsWith("This log is a terminal view.");
    }

    @Test
    void failedViewHasTheErrorAndTheEndOfTheOutput() {
        var build = only(FAILED);

        assertThat(facts(build))
                .containsExactly(
                        "[internal] load build definition from Dockerfile DONE PT0S",
                        "[1/4] FROM docker.io/library/ruby:3.4 DONE PT0S",
                        "[2/4] WORKDIR /app CACHED null",
                        "[lint 2/2] RUN rubocop CANCELED PT1.4S",
                        "[3/4] COPY Gemfile ./ DONE PT0.1S",
                        "[4/4] RUN bundle install --jobs 4 --retry 3 --without development test FAILED PT1.5S");
        assertThat(build.vertices().getLast().error())
                .isEqualTo("process \"/bin/sh -c bundle install\" did not complete successfully: exit code: 7");
        assertThat(build.vertices().getLast().log()).isEqualTo("Fetching gem metadata\nCould not find gem 'rails'");
        assertThat(build.failure()).startsWith("failed to solve: process ");
        assertThat(build.span().open()).isFalse();
    }

    /** A fragment as people paste it: without header, without the blank before lines, some without seconds. */
    @Test
    void fragmentIsABuildAsFarAsItGoes() {
        var build = only("""
                => CACHED [2/6] WORKDIR /srv/www
                => CACHED [3/6] COPY package.json .
                => [4/6] RUN npm install                      7.5s
                => ERROR [5/6] RUN npm run build              2.5s
                """);

        assertThat(facts(build))
                .containsExactly(
                        "[2/6] WORKDIR /srv/www CACHED null",
                        "[3/6] COPY package.json . CACHED null",
                        "[4/6] RUN npm install DONE PT7.5S",
                        "[5/6] RUN npm run build FAILED PT2.5S");
        assertThat(build.span().open()).isFalse();
        assertThat(build.gaps()).contains("This copy of the view has no header, so it may lack steps.");
    }

    @Test
    void reportsAMissingEnd() {
        var build = only("""
                => CACHED [2/3] WORKDIR /srv/www
                => CACHED [3/3] COPY package.json .
                """);

        assertThat(build.span().open()).isTrue();
        assertThat(build.gaps()).anyMatch(gap -> gap.contains("does not show the end of the build"));
    }

    @Test
    void showsRunningStepsOfAnUnfinishedBuild() {
        var build = only("""
                [+] Building 12.0s (3/6)
                 => [internal] load build definition from Dockerfile          0.0s
                 => CACHED [1/3] FROM docker.io/library/python:3.13           0.0s
                 => [2/3] COPY . .                                            0.1s
                 => [3/3] RUN pip install .                                  10.0s
                 => => # Collecting numpy
                """);

        assertThat(facts(build)).endsWith("[2/3] COPY . . DONE PT0.1S", "[3/3] RUN pip install . RUNNING null");
        assertThat(build.span().open()).isTrue();
    }

    /** As a capture of a terminal holds it: drawn again and again, each time from its beginning. */
    @Test
    void viewThatIsDrawnAgainIsOneBuild() {
        String capture = "\u001b[?25l[+] Building 0.3s (1/2)\r\n"
                + "\u001b[34m => [internal] load build definition from Dockerfile     0.1s\r\n\u001b[0m"
                + " => [internal] load metadata for docker.io/library/golang:1.23  0.2s\r\n\u001b[?25h"
                + "\u001b[1A\u001b[1A\u001b[1A\u001b[0G\u001b[?25l[+] Building 3.1s (3/6)\r\n"
                + " => [internal] load build definition from Dockerfile     0.1s\r\n"
                + " => [build 3/3] RUN go build ./...     1.7s\r\n\u001b[?25h"
                + "\u001b[1A\u001b[1A\u001b[1A\u001b[0G" + FINISHED.replace("\n", "\r\n");

        assertThat(facts(only(capture))).containsExactlyInAnyOrderElementsOf(facts(only(FINISHED)));
    }

    @Test
    void viewsBelowEachOtherAreBuilds() {
        assertThat(read(FINISHED + "\n$ docker build .\n" + FAILED + FINISHED + FINISHED))
                .extracting(BuildProgress::vertices)
                .hasSize(4)
                .extracting(List::size)
                .containsExactly(8, 6, 8, 8);
    }

    @Test
    void viewAndPlainLogInOneFileAreTwoBuilds() {
        String plain =
                "#0 building with \"default\" instance using docker driver\n\n#1 [1/1] RUN true\n#1 DONE 0.1s\n\n";

        assertThat(read(FINISHED + plain))
                .extracting(build -> build.vertices().size())
                .containsExactly(8, 1);
        assertThat(read(plain + FINISHED))
                .extracting(build -> build.vertices().size())
                .containsExactly(1, 8);
    }

    @Test
    void separatesTargetsOfCompose() {
        var builds = read("""
                [+] Building 9.1s (7/7)
                 => [web internal] load build definition from Dockerfile                0.0s
                 => [api internal] load build definition from Dockerfile                0.0s
                 => CACHED [web 1/2] FROM docker.io/library/nginx                       0.0s
                 => CACHED [api 1/2] FROM docker.io/library/node                        0.0s
                 => [web 2/2] COPY site /usr/share/nginx/html                           0.2s
                 => [api 2/2] RUN npm ci                                                6.6s
                 => [web] exporting to image                                            0.3s
                 => => naming to docker.io/library/shop-web                             0.0s
                 => [api] exporting to image                                            0.4s
                [+] Running 2/2
                 ✔ Service web  Built                                                   9.0s
                """);

        assertThat(builds).extracting(BuildProgress::target).containsExactly("web", "api");
        assertThat(builds).noneMatch(build -> build.span().open());
        assertThat(facts(builds.getLast())).contains("[2/2] RUN npm ci DONE PT6.6S");
    }

    /** A part without a line that only several targets have, but with the client's error or the load of one target. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "=> ERROR [shop 3/4] RUN make cart  2.5s\n------\ntarget shop: failed to solve: exit code: 2",
                "=> ERROR [shop internal] load build context  2.5s"
            })
    void separatesTargetsOfAFragment(String failed) {
        var builds = read("""
                => [mail 2/3] COPY parts ./           0.1s
                => CANCELED [mail 3/3] RUN make parts 2.2s
                """ + failed + "\n");

        assertThat(builds).extracting(BuildProgress::target).containsExactly("mail", "shop");
        assertThat(facts(builds.getFirst()))
                .containsExactly("[2/3] COPY parts ./ DONE PT0.1S", "[3/3] RUN make parts CANCELED PT2.2S");
    }

    @Test
    void theErrorBelongsToTheStepOfTheTargetThatTheClientNames() {
        var builds = read("""
                [+] Building 3.1s (4/6)
                 => [shop internal] load build definition from Dockerfile               0.0s
                 => [mail internal] load build definition from Dockerfile               0.0s
                 => ERROR [mail 2/3] RUN make parts                                     2.2s
                 => ERROR [shop 2/3] RUN make cart                                      2.5s
                ------
                 > [mail 2/3] RUN make parts:
                0.1 no rule to make target 'parts'
                ------
                ------
                 > [shop 2/3] RUN make cart:
                0.1 no rule to make target 'cart'
                ------
                target shop: failed to solve: process "/bin/sh -c make cart" did not complete successfully: exit code: 2
                """);

        assertThat(builds)
                .extracting(
                        BuildProgress::target,
                        build -> build.vertices().getLast().error())
                .containsExactly(
                        tuple("shop", "process \"/bin/sh -c make cart\" did not complete successfully: exit code: 2"),
                        tuple("mail", Vertex.UNKNOWN_ERROR));
    }

    @Test
    void namesThatWereWrappedWhereTheyWereCopiedAreWhole() {
        var build = only("""
                [+] Building 4.0s (2/2) FINISHED
                 => [1/2] FROM docker.io/library/busybox                    0.0s
                 => [2/2] RUN echo a very long line that does not fit into t
                he window of the terminal                                   3.9s
                """);

        assertThat(facts(build))
                .endsWith(
                        "[2/2] RUN echo a very long line that does not fit into the window of the terminal DONE PT3.9S");
    }

    /** As editors do that put a time before each piece of the output that they get, wherever that begins. */
    @Test
    void timesBeforeSomeLinesAndWithinOneChangeNothing() {
        String time = "[2026-02-03T04:05:06.789Z] ";
        String log = time
                + FINISHED.replace(" => exporting to image", time + " => exporting to image")
                        .replace("RUN go build", "RUN go\n" + time + " build");

        assertThat(facts(only(log))).isEqualTo(facts(only(FINISHED)));
    }

    /** As on Windows, where the client reports trouble without a line end while it connects. */
    @Test
    void aHeaderMayFollowAMessageOfTheClient() {
        String message = "2026/02/03 04:05:06 client: cannot read the greeting";

        assertThat(facts(only("[+] Building 0.0s (0/0)\n" + message + "\n" + message + FINISHED)))
                .isEqualTo(facts(only(FINISHED)));
        assertThat(only("[+] Building 0.0s (0/0)\n" + message + FINISHED).span().duration())
                .isEqualTo(Duration.ofMillis(21_400));
    }

    @Test
    void warningsInAViewAreNoSteps() {
        var build = only(
                FINISHED.replace(
                        " => [internal] load .dockerignore",
                        " => WARN: FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 3)   0.0s\n => [internal] load .dockerignore"));

        assertThat(facts(build)).isEqualTo(facts(only(FINISHED)));
        assertThat(build.warnings())
                .singleElement()
                .matches(warning -> Integer.valueOf(3).equals(warning.line()));
    }

    /** As documentation does: with an ellipsis for lines that nobody needs to see. */
    @Test
    void reportsTheNumberOfMissingSteps() {
        String some = FINISHED.replaceAll("(?m)^ => \\[internal\\] load (metadata|.dockerignore).*$", " ...");

        assertThat(only(some).vertices()).hasSize(6);
        assertThat(only(some).gaps()).contains("The view counts 8 completed steps, but this copy shows only 6.");
    }

    @Test
    void arrowsThatAWordProcessorMadeOneCharacterAreRead() {
        assertThat(facts(only(FINISHED.replace("=>", "\u21d2")))).isEqualTo(facts(only(FINISHED)));
    }

    @Test
    void arrowsBeforeTheSecondsAreNotPartOfNames() {
        String log = FINISHED.replaceAll("(?m) {2,}([0-9.]+s)$", " => $1");

        assertThat(log).contains("from Dockerfile => 0.1s");
        assertThat(facts(only(log))).isEqualTo(facts(only(FINISHED)));
    }

    /** Of Docker CLI 20.10, and of tools that build through its API. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "executor failed running [/bin/sh -c bundle install]: exit code: 7|executor failed running [/bin/sh -c bundle install]: exit code: 7",
                "failed to solve with frontend dockerfile.v0: no session|failed to solve with frontend dockerfile.v0: no session",
                "Error failed to build it: error building: failed to solve with frontend dockerfile.v0: no session|failed to solve with frontend dockerfile.v0: no session"
            })
    void usesTheClientErrorForTheFailedStep(String line, String error) {
        var build = only(FAILED.replaceAll("(?m)^ERROR: .*$", line));

        assertThat(build.vertices().getLast().error()).isEqualTo(error);
        assertThat(build.failure()).isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[CI/build]   | ‖",
                "2026-03-04T05:06:07.1234567Z ‖",
                "    ‖",
                "> ‖",
                "\t‖",
                "web-1  | ‖",
                "[12:00:00] ‖",
                "remote: ‖",
                "\u00a0‖",
                "│ ‖ │",
                "| ‖ |",
                "`‖`",
                "[34m‖[0m",
                "^[[34m‖^[[0m"
            })
    void viewsAreReadBehindPrefixes(String around) {
        assertThat(facts(only(DecorationTests.decorate(FINISHED, around)))).isEqualTo(facts(only(FINISHED)));
        assertThat(facts(only(DecorationTests.decorate(FAILED, around)))).isEqualTo(facts(only(FAILED)));
        assertThat(only(DecorationTests.decorate(FAILED, around)).failure())
                .isEqualTo(only(FAILED).failure());
    }

    private static BuildProgress only(String log) {
        var builds = read(log);
        assertThat(builds).hasSize(1);
        return builds.getFirst();
    }

    private static List<BuildProgress> read(String log) {
        return RecordedLog.read(log.getBytes(UTF_8));
    }

    private static List<String> facts(BuildProgress build) {
        return build.vertices().stream().map(TerminalViewTests::fact).toList();
    }

    private static String fact(Vertex vertex) {
        return vertex.name() + " " + vertex.state() + " " + vertex.duration();
    }
}
