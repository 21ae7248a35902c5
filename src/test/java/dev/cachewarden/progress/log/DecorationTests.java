package dev.cachewarden.progress.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs as tools print them: whatever stands before lines, the build is the same. */
class DecorationTests {

    private static final Instant BEGIN = Instant.parse("2026-04-11T08:59:30.25Z");

    private static final String GOOD = """
            #0 building with "worker" instance using docker-container driver

            #1 [internal] load build definition from Dockerfile
            #1 transferring dockerfile: 512B done
            #1 DONE 0.1s

            #2 [internal] load metadata for docker.io/library/debian:12
            #2 DONE 1.3s

            #3 [internal] load .dockerignore
            #3 transferring context: 2B done
            #3 DONE 0.0s

            #4 [base 1/3] FROM docker.io/library/debian:12@sha256:2222222222222222222222222222222222222222222222222222222222222222
            #4 CACHED

            #5 [base 2/3] RUN apt-get update
            #5 0.310 Get:1 http://deb.example.org bookworm InRelease
            #5 0.512
            #5 1.820 [INFO] #3 DONE 0.1s is what a step prints
            #5 ...

            #6 [internal] load build context
            #6 transferring context: 5.50MB 0.4s done
            #6 DONE 0.5s

            #5 [base 2/3] RUN apt-get update
            #5 2.001     four blanks before it
            #5 2.105 2026-01-01T00:00:00Z a time that a step prints
            #5 DONE 2.2s

            #7 [base 3/3] COPY . /srv
            #7 DONE 0.1s

            #8 exporting to image
            #8 exporting layers 0.7s done
            #8 naming to docker.io/example/shop:2 done
            #8 DONE 0.8s

             1 warning found (use docker --debug to expand):
             - MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label (line 2)
            """;

    private static final String BAD = """
            #0 building with "worker" instance using docker-container driver

            #1 [internal] load build definition from Dockerfile
            #1 transferring dockerfile: 512B done
            #1 DONE 0.1s

            #2 [1/3] FROM docker.io/library/node:22
            #2 CACHED

            #3 [2/3] COPY . .
            #3 CACHED

            #4 [3/3] RUN npm test
            #4 0.904 > shop@1.0.0 test
            #4 0.905   3 passing
            #4 1.400     1 failing
            #4 ERROR: process "/bin/sh -c npm test" did not complete successfully: exit code: 4
            ------
             > [3/3] RUN npm test:
            0.904 > shop@1.0.0 test
            0.905   3 passing
            1.400     1 failing
            ------
            Dockerfile:5
            --------------------
               3 |     COPY . .
               4 |
               5 | >>> RUN npm test
               6 |
            --------------------
            ERROR: failed to solve: process "/bin/sh -c npm test" did not complete successfully: exit code: 4
            """;

    /** With times as letters of a pattern in braces, and {@code №} for the number of the line; the line stands where the bar is. */
    private static final List<String> AROUND_LINES = List.of(
            "[CI/build]   | ‖",
            "[Deploy/Build image]🐳  | ‖",
            "build\tBuild and push\t{yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'} ‖",
            "{yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'Z'} ‖",
            "{yyyy-MM-dd'T'HH:mm:ss'Z'} ‖",
            "{yyyy-MM-dd HH:mm:ss.SSS'Z'}: ‖",
            "{yyyy-MMM-dd HH:mm:ss.SSSSSS} ‖",
            "{yyyy-MMM-dd HH:mm:ss.SSSSSS}\n‖",
            "{yyyy-MM-dd HH:mm:ss}\n‖",
            "[{yyyy-MM-dd HH:mm:ss}] ‖",
            "[{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}] ‖",
            "[{HH:mm:ss}] ‖",
            "{HH:mm:ss}  ‖",
            "{HH:mm:ss} ‖",
            "{HH:mm:ss.SSS} [docker] ‖",
            "{HH:mm:ss} | INFO | ‖",
            "{yyyy-MM-dd HH:mm:ss} | INFO     | ‖",
            "{yyyy-MM-dd HH:mm:ss,SSS} INFO  [pool-1-thread-№] c.e.Build - ‖",
            "{yyyy/MM/dd HH:mm:ss} ‖",
            "[{dd/MMM/yyyy:HH:mm:ss} +0000] ‖",
            "{MMM dd HH:mm:ss} ci-host docker[4711]: ‖",
            "<№>{MMM dd HH:mm:ss} ci-host runner[№]: ‖",
            "{EEE MMM dd HH:mm:ss yyyy} ‖",
            "{yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'} 01O ‖",
            "{yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'} stdout F ‖",
            "[error] ‖",
            "[INFO] ‖",
            "[info] docker> ‖",
            "INFO: ‖",
            "remote: ‖",
            "remote:        ‖",
            "-----> ‖",
            "       ‖",
            "    default: ‖",
            "==> default: ‖",
            "[build] ‖",
            "[build:image] $ ‖",
            "[builder] ‖",
            "web-1  | ‖",
            "\u001b[36mapi_1  |\u001b[0m ‖",
            "[build : build-and-push] ‖",
            "[pod/kaniko-7f9/step-build] ‖",
            "\u001b_bk;t=17759\u0007‖",
            "    ‖",
            "\t‖",
            "  \t ‖",
            "\u00a0\u00a0‖",
            "\u200b‖",
            "> ‖",
            "> > ‖",
            "+ ‖",
            "+‖",
            "| ‖",
            "│ ‖",
            "=> ‖",
            "==> ‖",
            "app:docker-build: ‖",
            "@shop/web:build: ‖",
            "+docker | ‖",
            "[№/9] ‖",
            "№: ‖",
            "     №\t‖",
            "deploy.yml:№ ‖",
            "(build) ‖",
            "build.№ > ‖",
            "[a1b2c3d4] ‖",
            "[docker-build]\u001b[0m ‖",
            "{\"log\":\"‖\\n\",\"stream\":\"stderr\",\"time\":\"{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}\"}",
            "{\"stream\":\"‖\\n\"}",
            "{\"level\":\"info\",\"ts\":1775900№.25,\"msg\":\"‖\"}",
            "            \"‖\",",
            "[{ss}.№ s] ‖",
            "⏵ Build image: ‖",
            "Step #2 - \"build\": ‖",
            "build | {HH:mm:ss} | ‖",
            "│ ‖ │",
            "┃ ‖  ┃ ",
            "| ‖ |",
            "| № | ‖ |",
            "| `‖` |",
            "`‖`",
            "- `‖`",
            "[36m‖[0m",
            "[0m[1;36m‖",
            "^[[36m‖^[[0m",
            "\\x1b[36m‖\\x1b[0m",
            "\\u001b[36m‖\\u001b[0m\\u001b[K",
            "\u241b[32m‖\u241b[0m",
            "\ufffd[32m‖\ufffd[0m",
            "_bk;t=17759№00000000‖");

    static List<String> aroundLines() {
        return AROUND_LINES;
    }

    @ParameterizedTest
    @MethodSource("aroundLines")
    void buildsAreTheSame(String around) {
        assertThat(decorated(GOOD, around)).isEqualTo(factsOf(GOOD));
    }

    @ParameterizedTest
    @MethodSource("aroundLines")
    void failedBuildsAreTheSame(String around) {
        assertThat(decorated(BAD, around)).isEqualTo(factsOf(BAD));
    }

    /** As editors, web pages and Windows leave them. */
    @ParameterizedTest
    @MethodSource("aroundLines")
    void endsOfLinesDoNotMatter(String around) {
        String trimmed = decorate(BAD, around).replaceAll("(?m)[ \t]+$", "");

        assertThat(factsOf(trimmed)).isEqualTo(factsOf(BAD));
        assertThat(factsOf(decorate(BAD, around).replace("\n", "\r\n"))).isEqualTo(factsOf(BAD));
        assertThat(factsOf("Building the image\n```\n" + trimmed + "```\nDone\n"))
                .isEqualTo(factsOf(BAD));
    }

    @Test
    void undecoratedLogsAreWhole() {
        var good = RecordedLog.read(GOOD.getBytes(UTF_8)).getFirst();

        assertThat(good.vertices()).hasSize(8);
        assertThat(good.gaps()).isEmpty();
        assertThat(good.warnings()).hasSize(1);
        assertThat(good.vertices().get(4).log().lines())
                .hasSize(5)
                .contains("[INFO] #3 DONE 0.1s is what a step prints", "    four blanks before it");
    }

    private static List<String> decorated(String log, String around) {
        return factsOf(decorate(log, around));
    }

    /** As texts, which differ in one line where one fact differs. */
    private static List<String> factsOf(String log) {
        return RecordedLog.read(log.getBytes(UTF_8)).stream()
                .map(build -> build.within(BuildProgress.Span.NONE))
                .flatMap(DecorationTests::facts)
                .toList();
    }

    private static java.util.stream.Stream<String> facts(BuildProgress build) {
        return java.util.stream.Stream.concat(
                java.util.stream.Stream.of("build " + build.failure() + build.gaps() + build.warnings()),
                build.vertices().stream().map(Object::toString));
    }

    static String decorate(String log, String around) {
        var lines = log.lines().toList();
        return IntStream.range(0, lines.size())
                .mapToObj(i -> decorate(lines.get(i), around, i))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String decorate(String line, String around, int i) {
        var decorated = new StringBuilder();
        int at = 0;
        while (at < around.length()) {
            int open = around.indexOf('{', at);
            while (open >= 0 && around.charAt(open + 1) == '"') {
                open = around.indexOf('{', open + 1);
            }
            boolean time = open >= 0;
            int end = time ? open : around.length();
            decorated.append(around.substring(at, end).replace("№", Integer.toString(7 + i)));
            at = end;
            if (time) {
                int close = around.indexOf('}', open);
                decorated.append(DateTimeFormatter.ofPattern(around.substring(open + 1, close), Locale.ENGLISH)
                        .withZone(ZoneOffset.UTC)
                        .format(BEGIN.plusMillis(i * 1_370L)));
                at = close + 1;
            }
        }
        boolean json = around.contains("\"‖");
        String text = json ? line.replace("\\", "\\\\").replace("\"", "\\\"") : line;
        return decorated.toString().replace("‖", text);
    }
}
