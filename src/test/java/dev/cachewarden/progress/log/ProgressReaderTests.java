package dev.cachewarden.progress.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import dev.cachewarden.progress.VertexState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logs as they arrive: in pieces, cut off, compressed, coloured, in other encodings, several in one. All are made of recordings. */
class ProgressReaderTests {

    static Stream<RecordedLog> recorded() {
        return RecordedLog.all().stream();
    }

    /** All but the largest, where each byte or each piece is looked at. */
    static Stream<RecordedLog> small() {
        return recorded().filter(log -> log.bytes().length < 50_000);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void byteByByteIsTheSameAsAtOnce(RecordedLog log) {
        byte[] bytes = log.bytes();
        var reader = new ProgressReader(ProgressLimits.DEFAULT);
        for (int i = 0; i < bytes.length; i++) {
            reader.feed(bytes, i, 1);
        }

        assertThat(reader.finish()).isEqualTo(RecordedLog.read(bytes));
    }

    @ParameterizedTest
    @MethodSource("small")
    void readsTruncatedLogs(RecordedLog log) {
        byte[] bytes = log.bytes();
        var whole = log.build();
        for (int length = 0; length < bytes.length; length += 97) {
            var reader = new ProgressReader(ProgressLimits.DEFAULT);
            reader.feed(bytes, 0, length);
            var live = reader.progress();
            List<BuildProgress> builds;
            try {
                builds = reader.finish();
            } catch (NotABuildLogException e) {
                assertThat(live).isEmpty();
                continue;
            }

            assertThat(builds).hasSize(1);
            var build = builds.getFirst();
            assertThat(build.vertices())
                    .hasSizeLessThanOrEqualTo(whole.vertices().size());
            boolean running = build.vertices().stream().anyMatch(vertex -> vertex.state() == VertexState.RUNNING);
            assertThat(!running || build.partial()).isTrue();
        }
    }

    /** As a copy from an old Mac, or through a tool that keeps only these. */
    @ParameterizedTest
    @MethodSource("recorded")
    void carriageReturnsAloneEndLines(RecordedLog log) {
        String text = log.text().replace("\r", "");

        assertThat(RecordedLog.read(text.replace('\n', '\r').getBytes(UTF_8)))
                .isEqualTo(RecordedLog.read(text.getBytes(UTF_8)));
    }

    /** A step's progress bar is one line of it. */
    @Test
    void carriageReturnsInALineEndNone() {
        var build = RecordedLog.read("""
                        #1 [1/2] FROM docker.io/library/debian:13
                        #1 DONE 0.1s

                        #2 [2/2] RUN fetch
                        #2 0.300 10 %%\r#2 DONE 99.0s\r100 %%
                        #2 DONE 4.0s
                        """.formatted().getBytes(UTF_8)).getFirst();

        assertThat(build.vertices().getLast().duration()).isEqualTo(Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void compressedIsTheSame(RecordedLog log) throws IOException {
        byte[] bytes = log.bytes();
        byte[] packed = gzip(bytes);

        assertThat(RecordedLog.read(packed)).isEqualTo(RecordedLog.read(bytes));
        assertThat(ProgressReader.read(new ByteArrayInputStream(packed), ProgressLimits.DEFAULT))
                .isEqualTo(RecordedLog.read(bytes));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void compressedByteByByteInTwoMembersIsTheSame(RecordedLog log) throws IOException {
        byte[] bytes = log.bytes();
        int half = bytes.length / 2;
        var packed = new ByteArrayOutputStream();
        packed.write(gzip(java.util.Arrays.copyOf(bytes, half)));
        packed.write(gzip(java.util.Arrays.copyOfRange(bytes, half, bytes.length)));
        var reader = new ProgressReader(ProgressLimits.DEFAULT);
        for (byte b : packed.toByteArray()) {
            reader.feed(new byte[] {b}, 0, 1);
        }

        assertThat(reader.finish()).isEqualTo(RecordedLog.read(bytes));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void windowsLineEndsChangeNothing(RecordedLog log) {
        assertThat(RecordedLog.read(changed(log, text -> text.replace("\n", "\r\n"))))
                .isEqualTo(RecordedLog.read(log.bytes()));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void coloursChangeNothing(RecordedLog log) {
        byte[] wholeLines = changed(log, text -> text.replaceAll("(?md)^(.+)$", "\u001b[1;34m$1\u001b[0m"));
        byte[] numbers = changed(log, text -> text.replaceAll("(?md)^(#\\d+)", "\u001b[34m$1\u001b[0m"));
        byte[] behindNumbers = changed(log, text -> text.replaceAll("(?md)^(#\\d+)", "$1\u001b[38;5;12m"));

        assertThat(List.of(wholeLines, numbers, behindNumbers))
                .allSatisfy(
                        coloured -> assertThat(RecordedLog.read(coloured)).isEqualTo(RecordedLog.read(log.bytes())));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void encodingsChangeNothing(RecordedLog log) {
        String text = new String(log.bytes(), UTF_8);
        byte[] powershell = ("\uFEFF" + text).getBytes(UTF_16LE);
        byte[] marked = ("\uFEFF" + text).getBytes(UTF_8);
        byte[] unmarked = text.getBytes(UTF_16LE);

        assertThat(List.of(powershell, marked, unmarked, text.getBytes(UTF_16BE)))
                .allSatisfy(encoded ->
                        assertThat(RecordedLog.read(encoded)).isEqualTo(RecordedLog.read(text.getBytes(UTF_8))));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void otherOutputAroundChangesNothing(RecordedLog log) {
        byte[] among = changed(
                log,
                text -> "$ make image\n{\"level\":\"info\",\"msg\":\"starting\"}\n+ docker build .\n" + text
                        + "\n$ docker push example\nThe push refers to repository [example]\n");

        assertThat(RecordedLog.read(among)).isEqualTo(RecordedLog.read(log.bytes()));
    }

    @ParameterizedTest
    @MethodSource("small")
    void twoBuildsInOneLogAreTwo(RecordedLog log) throws IOException {
        // Of a build that fails over its Dockerfile there is too little to tell it from the same once more.
        boolean broken = log.name().endsWith("broken.rawjson");
        for (var other : small().filter(each -> !broken || !each.equals(log)).toList()) {
            var both = new ByteArrayOutputStream();
            both.write(log.bytes());
            both.write('\n');
            both.write(other.bytes());

            assertThat(RecordedLog.read(both.toByteArray()))
                    .as(log + " and " + other)
                    .containsExactly(log.build(), other.build());
        }
    }

    @Test
    void endOfABuildThatIsCutOffByAnotherIsMissing() throws IOException {
        byte[] first = new RecordedLog("28.5/forced.plain").bytes();
        String cut = new String(first, UTF_8);
        var both = new ByteArrayOutputStream();
        both.write(first, 0, cut.indexOf("building none"));
        both.write('\n');
        both.write(new RecordedLog("28.5/unchanged.plain").bytes());
        var builds = RecordedLog.read(both.toByteArray());

        assertThat(builds).hasSize(2);
        assertThat(builds.getFirst().gaps())
                .containsExactly("The log ends before the build does: 1 of its steps did not end.");
        assertThat(builds.getLast()).isEqualTo(new RecordedLog("28.5/unchanged.plain").build());
    }

    @Test
    void reportsAMissingBeginning() {
        String text = new String(new RecordedLog("28.5/forced.plain").bytes(), UTF_8);
        var builds = RecordedLog.read(text.substring(text.indexOf("#10 ") + 5).getBytes(UTF_8));

        assertThat(builds).hasSize(1);
        assertThat(builds.getFirst().gaps())
                .containsExactly("The log begins in the middle of a build. Earlier steps are missing.");
    }

    /** Vertices are numbered as they show: what begins with a higher number is a part of a log. */
    @Test
    void reportsAMissingBeginningAtABlockStart() {
        assertThat(RecordedLog.read("#7 [build 2/2] RUN make\n#7 DONE 4.0s\n".getBytes(UTF_8))
                        .getFirst()
                        .gaps())
                .containsExactly("The log begins in the middle of a build. Earlier steps are missing.");
    }

    @Test
    void buildsCanBeSeenWhileTheyRun() {
        String text = new String(new RecordedLog("28.5/first-live.rawjson").bytes(), UTF_8);
        int end = text.indexOf('\n', text.indexOf("YnVpbGRpbmcgbm9uZQo=")) + 1;
        var reader = new ProgressReader(ProgressLimits.DEFAULT);
        reader.feed(text.getBytes(UTF_8), 0, end);

        assertThat(reader.progress().getFirst().vertices())
                .filteredOn(vertex -> vertex.state() == VertexState.RUNNING)
                .extracting(vertex -> vertex.name().substring(0, 11) + vertex.log())
                .contains("[build 3/3]building none");
        reader.feed(text.getBytes(UTF_8), end, text.length() - end);
        assertThat(reader.finish()).containsExactly(new RecordedLog("28.5/first-live.rawjson").build());
    }

    static byte[] changed(RecordedLog log, java.util.function.UnaryOperator<String> change) {
        // This encoding keeps every byte as it is.
        return change.apply(new String(log.bytes(), ISO_8859_1)).getBytes(ISO_8859_1);
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
