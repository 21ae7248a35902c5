package dev.cachewarden.progress.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.Vertex;
import dev.cachewarden.progress.VertexState;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs as CI servers and shells show them, made of recorded ones by what each puts before lines. */
class LinePrefixTests {

    private static final List<String> BEFORE_EACH_LINE = List.of(
            // GitHub Actions and Azure Pipelines.
            "2026-11-20T14:56:59.7629774Z ",
            // Jenkins, timestamps in a pipeline.
            "[2026-11-20T14:56:59.762Z] ",
            // GitLab, FF_TIMESTAMPS.
            "2026-11-20T14:56:59.762977Z 00O ",
            "2026-11-20T14:56:59.762977Z 01E ",
            "2026-11-20T14:56:59+02:00 ",
            // Buildkite.
            "\u001b_bk;t=1732114619762\u0007");

    static Stream<RecordedLog> recorded() {
        return RecordedLog.all().stream();
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void ignoresPrefixesOfLines(RecordedLog log) {
        assertThat(BEFORE_EACH_LINE)
                .allSatisfy(before -> assertThat(read(text(log).replaceAll("(?md)^(?!\\z)", before)))
                        .isEqualTo(RecordedLog.read(log.bytes())));
    }

    /** As editors and browsers leave it. */
    @ParameterizedTest
    @MethodSource("recorded")
    void blanksMayBeLostAtTheEndsOfLines(RecordedLog log) {
        String cut = text(log).replaceAll("(?md) +$", "");

        assertThat(BEFORE_EACH_LINE.subList(0, 5))
                .allSatisfy(before -> assertThat(
                                read(cut.replaceAll("(?md)^(?!\\z)", before).replaceAll("(?md) +$", "")))
                        .isEqualTo(read(cut)));
    }

    /** GitLab's runner cuts long lines; the plus says that a line goes on. */
    @ParameterizedTest
    @MethodSource("recorded")
    void linesThatGitLabCutsAreWhole(RecordedLog log) {
        var cut = new StringBuilder();
        text(log).lines().forEach(line -> {
            String mark = " ";
            int at = 0;
            do {
                int end = Math.min(line.length(), at + 300);
                cut.append("2026-11-20T14:56:59.762977Z 00O")
                        .append(mark)
                        .append(line, at, end)
                        .append('\n');
                at = end;
                mark = "+";
            } while (at < line.length());
        });

        // Lines of steps that end in a carriage return alone are parted by it here.
        assertThat(states(read(cut.toString()))).isEqualTo(states(RecordedLog.read(log.bytes())));
    }

    /** Jenkins, timestamps of a freestyle job. */
    @ParameterizedTest
    @MethodSource("recorded")
    void timesOfTheDayBeforeLinesChangeNothing(RecordedLog log) {
        assertThat(List.of("14:56:59  ", "14:56:59 "))
                .allSatisfy(before -> assertThat(read(text(log).replaceAll("(?md)^(?!\\z)", before)))
                        .isEqualTo(RecordedLog.read(log.bytes())));
    }

    @Test
    void readsAFailureAfterATimeOfDay() {
        var build = read(text(new RecordedLog("28.5/broken.plain")).replaceAll("(?md)^(?!\\z)", "14:56:59  "))
                .getFirst();

        assertThat(build.failure()).startsWith("failed to build: failed to solve: dockerfile parse error on line 3");
    }

    /** What runs in the same job writes logs of its own. */
    @Test
    void timesOfTheDayThatTheServerDoesNotWriteStay() {
        String without = "#1 [1/1] RUN true\n#1 DONE 1.0s\n\n14:56:59 ERROR: failed to solve\n";
        String with =
                "14:56:59 #0 building with \"default\" instance using docker driver\n14:56:59 #1 [1/1] RUN true\n";

        assertThat(read(without)).singleElement().matches(build -> build.failure() == null);
        assertThat(read(with + "#0 building with \"default\" instance using docker driver\n" + without)
                        .getLast()
                        .failure())
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void sectionsOfGitLabChangeNothing(RecordedLog log) {
        String begin = "section_start:1732114619:step_script\r\u001b[0K\u001b[32;1m$ docker build .\u001b[0;m\n";
        String end = "section_end:1732114619:step_script\r\u001b[0K";
        String other = "section_start:1732114619:next[collapsed=true]\r\u001b[0K";

        assertThat(read(begin + end + other + text(log) + "\n" + end + other + "Cleaning up\n"))
                .isEqualTo(RecordedLog.read(log.bytes()));
    }

    /** Windows PowerShell 5 takes what a command says on its standard error for an error, and says so at the first line. */
    @ParameterizedTest
    @CsvSource({"docker, 28.5/first.plain", "docker.exe, 26.1/forced.plain", "docker, 20.10/first.plain"})
    void windowsPowerShellBeforeTheFirstLineChangesNothing(String command, String name) {
        var log = new RecordedLog(name);
        int end = text(log).indexOf('\n') + 1;
        String first = text(log).substring(0, end);
        String output = first.isBlank() ? "" : command + " : " + first + """
                At line:1 char:1
                + docker build . 2>&1 | Tee-Object build.log
                + ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
                    + CategoryInfo          : NotSpecified: (#0 building with...ng docker driver:String) [], RemoteException
                    + FullyQualifiedErrorId : NativeCommandError
                \s
                """;
        var read = RecordedLog.read(
                ("\uFEFF" + output + text(log).substring(end)).getBytes(java.nio.charset.StandardCharsets.UTF_16LE));

        assertThat(read).isEqualTo(RecordedLog.read(log.bytes()));
    }

    @Test
    void whatStepsPrintKeepsItsTimes() {
        var build = read("""
                #1 [1/1] RUN date
                #1 0.1 2026-11-20T14:56:59Z one
                #1 0.2 [2026-11-20T14:56:59Z] two
                #1 0.3 14:56:59 three
                #1 DONE 1.0s
                """).getFirst();

        assertThat(build.vertices().getFirst().log())
                .isEqualTo("2026-11-20T14:56:59Z one\n[2026-11-20T14:56:59Z] two\n14:56:59 three");
    }

    @Test
    void whatStepsPrintKeepsItsTimesBehindTheServers() {
        var build = read("""
                14:56:59  #1 [1/1] RUN date
                14:56:59  #1 0.1 14:56:59 one
                14:56:59    14:56:59 two
                14:56:59  #1 DONE 1.0s
                """).getFirst();

        assertThat(build.vertices().getFirst().log()).isEqualTo("14:56:59 one\n  14:56:59 two");
    }

    private static List<String> states(List<dev.cachewarden.progress.BuildProgress> builds) {
        return IntStream.range(0, builds.size())
                .boxed()
                .flatMap(i -> builds.get(i).vertices().stream()
                        .map(vertex -> i + " " + vertex.name() + " " + vertex.state() + " " + shown(vertex)))
                .toList();
    }

    private static String shown(Vertex vertex) {
        return vertex.state() == VertexState.DONE ? vertex.duration() + " " + vertex.statuses() : "";
    }

    private static String text(RecordedLog log) {
        return new String(log.bytes(), ISO_8859_1);
    }

    /** But for what the times say. */
    private static List<dev.cachewarden.progress.BuildProgress> read(String text) {
        return RecordedLog.read(text.getBytes(ISO_8859_1)).stream()
                .map(build -> build.within(BuildProgress.Span.NONE))
                .toList();
    }
}
