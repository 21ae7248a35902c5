package dev.cachewarden.progress.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several sources in one log, prefixes that change, and the times in them. */
class SourcesTests {

    private static final String ONE = """
            #0 building with "default" instance using docker driver
            #1 [internal] load build definition from Dockerfile
            #1 DONE 0.1s

            #2 [1/2] FROM docker.io/library/busybox
            #2 CACHED

            #3 [2/2] RUN make one
            #3 0.5 one
            #3 DONE 1.5s
            """;

    private static final String OTHER = """
            #0 building with "default" instance using docker driver
            #1 [internal] load build definition from Dockerfile
            #1 DONE 0.2s

            #2 [1/3] FROM docker.io/library/alpine
            #2 DONE 2.0s

            #3 [2/3] COPY . .
            #3 CACHED

            #4 [3/3] RUN make other
            #4 0.5 other
            #4 ERROR: process "make other" did not complete successfully: exit code: 1
            ------
            ERROR: failed to solve: process "make other" did not complete successfully: exit code: 1
            """;

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "web-1  | ,api-1  | ",
                "web-1  | ,web-2  | ",
                "[build/amd64] ,[build/arm64] ",
                "one\tBuild\t2026-01-01T00:00:00Z ,other\tBuild\t2026-01-01T00:00:00Z ",
                "shop:image: ,docs:image: ",
            })
    void linesOfTwoSourcesInTurnsAreReadEachAsALog(String one, String other) {
        var mixed = new StringBuilder();
        var lines = ONE.lines().iterator();
        var others = OTHER.lines().iterator();
        while (lines.hasNext() || others.hasNext()) {
            mixed.append(lines.hasNext() ? one + lines.next() + "\n" : "");
            mixed.append(others.hasNext() ? other + others.next() + "\n" : "");
        }

        assertThat(withoutSpans(mixed.toString()))
                .containsExactly(read(ONE).getFirst(), read(OTHER).getFirst());
    }

    @Test
    void jobsBehindEachOtherAreReadEachAsALog() {
        String log = DecorationTests.decorate(ONE, "one\tBuild\t‖")
                + "one\tClean up\tRemoving files\n"
                + DecorationTests.decorate(OTHER, "other\tBuild\t‖");

        assertThat(withoutSpans(log))
                .containsExactly(read(ONE).getFirst(), read(OTHER).getFirst());
    }

    /** As tools do that put the name of the stream or the level before lines. */
    @Test
    void wordsThatChangeWithinOneBuildDoNotPartIt() {
        var log = new StringBuilder();
        var words = List.of("alpha", "beta", "gamma", "delta");
        var lines = ONE.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            log.append(words.get(i % 4)).append("> ").append(lines.get(i)).append('\n');
        }

        assertThat(withoutSpans(log.toString())).containsExactly(read(ONE).getFirst());
    }

    @Test
    void linesWithoutThePrefixAreNotTakenForOutput() {
        String log = DecorationTests.decorate(OTHER, "[ci] ‖")
                .replace(
                        "[ci] #4 0.5 other\n",
                        "[ci] #4 0.5 other\nanother program\n[web] says this\n#12 is a ticket\n");

        assertThat(withoutSpans(log)).containsExactly(read(OTHER).getFirst());
    }

    @Test
    void readsClientLinesWithoutThePrefix() {
        String log = DecorationTests.decorate(OTHER, "[ci] ‖").replace("[ci] ERROR: ", "ERROR: ");

        assertThat(withoutSpans(log)).containsExactly(read(OTHER).getFirst());
    }

    /** As Codespaces does, which puts the time before each piece of output that it gets, wherever that begins, and as copies of it do. */
    @ParameterizedTest
    @ValueSource(strings = {"‖", "# ‖", "    ‖", "> ‖", "[ci] ‖"})
    void timesBeforePiecesOfLinesChangeNothing(String around) {
        String time = "2026-07-08 09:10:11.123Z: ";
        String log = time
                + OTHER.replace("#1 DONE 0.2s\n", time + "#1 DO" + time + "NE 0.2s" + time + "\n")
                        .replace("#3 [2/3]", time + "#3 [2/3]")
                        .replace("#4 0.5 other\n", "#4 0.5 ot" + time + "her\n");

        assertThat(withoutSpans(DecorationTests.decorate(log, around)))
                .containsExactly(read(OTHER).getFirst());
    }

    /** As a report in JSON holds the whole log in one field. */
    @Test
    void logsThatAreOneStringInJsonAreRead() {
        String text = OTHER.replace("\"", "\\\"").replace("\n", "\\n");

        assertThat(read("{\n  \"output\": \"" + text + "\",\n  \"code\": 1\n}\n"))
                .isEqualTo(read(OTHER));
        assertThat(read("{\"code\": 1, \"output\": \"docker build .\\n" + text + "\"}\n"))
                .isEqualTo(read(OTHER));
    }

    /** What steps print may look like a prefix, and like lines of BuildKit behind it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#0 building with \"mill\" instance\\n\\n#1 [internal] load\\n",
                "[+] Building 0.1s (1/1)\\n => x\\n"
            })
    void rejectsEscapedLineEnds(String log) {
        assertThatExceptionOfType(NotABuildLogException.class)
                .isThrownBy(() -> RecordedLog.read(log.getBytes(UTF_8)))
                .withMessageStartingWith("The line ends of the file are written as \\n");
    }

    /** A step may print what a table looks like. */
    @Test
    void barsAtTheEndsOfLinesStayWhereTheyCloseNothing() {
        String log = "web | #1 [1/1] RUN cat table\nweb | #1 0.100 | a | b |\nweb | #1 DONE 0.1s\n";

        assertThat(RecordedLog.read(log.getBytes(UTF_8))
                        .getFirst()
                        .vertices()
                        .getFirst()
                        .log())
                .isEqualTo("| a | b |");
    }

    @Test
    void keepsOutputThatResemblesAPrefix() {
        var build = read("""
                #1 [1/1] RUN docker build .
                #1 0.100 [INFO] #1 [internal] load build definition from Dockerfile
                #1 0.200 [INFO] #7 DONE 0.1s
                #1 0.300 [INFO]
                #1 0.400 web-1  | #2 CACHED
                #1 DONE 1.0s
                """).getFirst();

        assertThat(build.vertices()).singleElement().extracting(Vertex::log).isEqualTo("""
                [INFO] #1 [internal] load build definition from Dockerfile
                [INFO] #7 DONE 0.1s
                [INFO]
                web-1  | #2 CACHED""");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "2026-03-01T09:00:00.5Z ; 2026-03-01T09:00:08Z ; 2026-03-01T09:00:00.500Z ; PT7.5S",
                "[2026-03-01T10:00:00+01:00] ; [2026-03-01T10:00:03+01:00] ; 2026-03-01T09:00:00Z ; PT3S",
                "2026-03-01 09:00:00 UTC | ; 2026-03-01 09:02:00 UTC | ; 2026-03-01T09:00:00Z ; PT2M",
                "[01/Mar/2026:09:00:00 -0500] ; [01/Mar/2026:09:00:01 -0500] ; 2026-03-01T14:00:00Z ; PT1S",
                "[2026-03-01 09:00:00] ; [2026-03-01 09:00:09] ; - ; PT9S",
                "2026-Mar-01 09:00:00.25 ; 2026-Mar-01 09:00:00.75 ; - ; PT0.5S",
                "Mar  1 09:00:00 host x[1]: ; Mar  1 09:00:04 host x[1]: ; - ; PT4S",
                "09:00:00 ; 09:00:59 ; - ; PT59S",
                // Over midnight.
                "23:59:58 ; 00:00:03 ; - ; PT5S",
                "[2026-03-01 23:59:58] ; [2026-03-02 00:00:03] ; - ; PT5S",
                // The clock was set back.
                "2026-03-01T09:00:08Z ; 2026-03-01T09:00:00Z ; 2026-03-01T09:00:08Z ; -",
                "09:00:08 ; 09:00:00 ; - ; -",
                // No times.
                "2026-13-41T09:00:00Z ; 2026-13-41T09:00:00Z ; - ; -",
                "10.0.0.1:8080 ; 10.0.0.1:8080 ; - ; -",
                "{\"ts\":1772355600.5,\"msg\":\"; {\"ts\":1772355601.5,\"msg\":\"; 2026-03-01T09:00:00.500Z ; PT1S",
            })
    void timesBeforeLinesAreThoseOfTheBuild(String first, String last, Instant started, Duration duration) {
        var lines = ONE.lines().toList();
        var log = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String before = i > lines.size() / 2 ? last : first;
            boolean json = before.startsWith("{");
            String line = json ? lines.get(i).replace("\"", "\\\"") + "\"}" : " " + lines.get(i);
            log.append(before.strip()).append(line).append('\n');
        }

        assertThat(read(log.toString()).getFirst().span())
                .extracting(span -> span.started(), span -> span.duration())
                .containsExactly(started, duration);
    }

    @Test
    void timesOfBuildkiteAreThoseOfTheBuild() {
        var build =
                read("\u001b_bk;t=1772355600500\u0007#1 [1/1] RUN true\n\u001b_bk;t=1772355602750\u0007#1 DONE 2.1s\n")
                        .getFirst();

        assertThat(build.span().started()).isEqualTo("2026-03-01T09:00:00.500Z");
        assertThat(build.span().duration()).isEqualTo(Duration.ofMillis(2250));
    }

    @Test
    void timesOnLinesOfTheirOwnAreThoseOfTheBuild() {
        var build = read("""
                2026-05-06T07:08:09.5Z
                #1 [internal] load build definition from Dockerfile
                2026-05-06T07:08:10.5Z
                #1 DONE 0.1s
                2026-05-06T07:08:11Z

                2026-05-06T07:08:11.5Z
                #2 [1/1] RUN false
                2026-05-06T07:08:12Z
                #2 ERROR: exit code: 1
                2026-05-06T07:08:12.5Z
                ------
                2026-05-06T07:08:13Z
                ERROR: failed to solve: exit code: 1
                """).getFirst();

        assertThat(build.failure()).isEqualTo("failed to solve: exit code: 1");
        assertThat(build.vertices()).extracting(Vertex::error).containsExactly(null, "exit code: 1");
        assertThat(build.span().started()).isEqualTo("2026-05-06T07:08:09.5Z");
        assertThat(build.span().duration()).isEqualTo(Duration.ofMillis(2500));
    }

    /** What a job does before and after its builds is none of their time. */
    @Test
    void eachBuildHasItsOwnTimes() {
        String log = "2026-01-01T00:00:00Z begin\n"
                + ONE.replaceAll("(?m)^", "2026-01-01T00:01:00Z ")
                + "2026-01-01T00:02:00Z between\n"
                + ONE.replaceAll("(?m)^", "2026-01-01T00:03:00Z ")
                + "2026-01-01T00:09:00Z end\n";

        assertThat(read(log))
                .extracting(build -> build.span().started() + " " + build.span().duration())
                .containsExactly("2026-01-01T00:01:00Z PT0S", "2026-01-01T00:03:00Z PT0S");
    }

    @Test
    void readsLogsWithTooManySources() {
        var log = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            log.append(DecorationTests.decorate(ONE, "job-" + (char) ('a' + i % 26) + (char) ('a' + i / 26) + " | ‖"));
        }

        assertThat(read(log.toString()))
                .hasSize(40)
                .allMatch(build -> build.vertices().size() == 3);
    }

    private static List<BuildProgress> withoutSpans(String log) {
        return read(log).stream()
                .map(build -> build.within(BuildProgress.Span.NONE))
                .toList();
    }

    private static List<BuildProgress> read(String log) {
        return RecordedLog.read(log.getBytes(UTF_8));
    }
}
