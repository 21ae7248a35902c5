package dev.cachewarden.progress.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.progress.BuildProgress;
import dev.cachewarden.progress.ProgressLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no log of a build, or one made to do harm. */
class BadLogTests {

    private static final String EXPECTED = " Upload the output of a BuildKit build with --progress=plain or"
            + " --progress=rawjson, uncompressed or compressed with gzip.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|The file is empty.",
                "'\n \n'|The file is empty.",
                "'<html><body>502 Bad Gateway'|The file contains no build step. It begins with: <html><body>502 Bad Gateway",
                "'{\"level\":\"info\"}'|The file contains no build step. It begins with: {\"level\":\"info\"}",
                "'{\"vertexes\":[]}'|The file contains no build step. It begins with: {\"vertexes\":[]}",
                "'{\n  \"logs\": 1\n}'|The file contains no build step. It begins with: {",
                "'[+] Building 1.2s (3/3) FINISHED\n => => naming'|The file is a part of a terminal view, without any"
                        + " step. Copy all of the view, with its header and the lines below.",
                "'[+] Building 1.2s (3/3) FINISHED'|The file is a part of a terminal view, without any step",
                "'Sending build context\nStep 1/3 : FROM scratch'|This is a log of the classic builder, which has no cache records."
                        + " Build with DOCKER_BUILDKIT=1.",
                "'#0 building with \"default\" instance using docker driver'|The file contains no build step.",
            })
    void rejectsALogWithoutABuild(String log, String message) {
        assertThatThrownBy(() -> read(log))
                .isInstanceOf(NotABuildLogException.class)
                .hasMessageStartingWith(message)
                .hasMessageEndingWith(EXPECTED);
    }

    @Test
    void binaryFilesAreNoText() {
        assertThatThrownBy(() -> RecordedLog.read(new byte[] {'P', 'K', 3, 4, 0, 0, 1, 2}))
                .isInstanceOf(NotABuildLogException.class)
                .hasMessage("The file is not text." + EXPECTED);
    }

    @Test
    void longBeginningsAreShownInPart() {
        assertThatThrownBy(() -> read("x".repeat(500)))
                .hasMessage("The file contains no build step. It begins with: " + "x".repeat(80) + "…" + EXPECTED);
    }

    @Test
    void lineOfTenMegabytesIsRead() {
        String data = Base64.getEncoder().encodeToString("y".repeat(10_000_000).getBytes(UTF_8));
        var json = read("{\"vertexes\":[{\"digest\":\"d\",\"name\":\"n\",\"started\":\"2026-01-01T00:00:00Z\"}],"
                        + "\"logs\":[{\"vertex\":\"d\",\"data\":\"" + data + "\"}]}")
                .getFirst();
        var plain = read("#1 [1/1] RUN yes\n#1 0.1 " + "y".repeat(10_000_000) + "\n#1 DONE 1.0s")
                .getFirst();

        assertThat(List.of(json, plain)).allSatisfy(build -> {
            var vertex = build.vertices().getFirst();
            assertThat(vertex.log()).isEqualTo("y".repeat(ProgressLimits.DEFAULT.log()));
            assertThat(vertex.logCut()).isTrue();
        });
        assertThat(plain.gaps()).isEmpty();
    }

    @Test
    void truncatesLongLinesAndReportsAGap() {
        String end = "\n#1 DONE 1.0s\n\n#2 [2/2] RUN true\n#2 DONE 2.0s\n";
        var build =
                read("#1 [1/2] RUN yes\n#1 0.1 " + "y".repeat(20 << 20) + end).getFirst();

        assertThat(build.gaps()).containsExactly("A line is longer than 16 MiB and was truncated.");
        assertThat(build.vertices()).extracting(vertex -> vertex.state().name()).containsExactly("DONE", "DONE");
    }

    @Test
    void reportsALongFirstLineOnItsOwnBuild() {
        String step = "\n#1 [1/1] RUN true\n#1 DONE 1.0s\n\n";

        assertThat(read(step + "#0 building with " + "y".repeat(20 << 20) + step))
                .extracting(BuildProgress::gaps)
                .containsExactly(List.of(), List.of("A line is longer than 16 MiB and was truncated."));
    }

    @Test
    void whatIsLongerThanAnyLogIsLeftOut() {
        var reader = new ProgressReader(ProgressLimits.DEFAULT, 1 << 20);
        feed(reader, "#1 [1/1] RUN yes\n");
        for (int i = 0; i < 20; i++) {
            assertThat(reader.full()).isEqualTo(i > 15);
            feed(reader, ("#1 0.1 " + "y".repeat(65_528) + "\n"));
        }

        assertThat(reader.finish().getFirst().gaps())
                .containsExactly(
                        "The log is longer than 1 MiB. The rest is omitted.",
                        "The log ends before the build does: 1 of its steps did not end.");
    }

    @Test
    void bombsAreNotUnpackedToTheEnd() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write("#1 [1/1] RUN yes\n#1 DONE 0.1s\n\n".getBytes(UTF_8));
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                out.write(zeros);
            }
        }
        var reader = new ProgressReader(ProgressLimits.DEFAULT, 4 << 20);
        reader.feed(packed.toByteArray(), 0, packed.size());

        assertThat(reader.full()).isTrue();
        assertThat(reader.finish().getFirst().gaps())
                .containsExactly("The log is longer than 4 MiB. The rest is omitted.");
    }

    @Test
    void reportsATruncatedCompressedFile() throws IOException {
        byte[] packed = ProgressReaderTests.gzip(new RecordedLog("28.5/first.rawjson").bytes());
        var reader = new ProgressReader(ProgressLimits.DEFAULT);
        reader.feed(packed, 0, packed.length - 12);

        assertThat(reader.finish().getFirst().gaps()).contains("The compressed file is truncated. Its end is missing.");
    }

    @Test
    void reportsADamagedCompressedFile() throws IOException {
        byte[] packed = ProgressReaderTests.gzip(new RecordedLog("28.5/noisy.plain").bytes());
        byte[] wrongSum = packed.clone();
        wrongSum[packed.length - 8] ^= 1;
        var wrongBody = new ByteArrayOutputStream();
        wrongBody.write(packed);
        wrongBody.write(packed);
        byte[] broken = wrongBody.toByteArray();
        // A block of a kind that there is not, at the beginning of the second member.
        broken[packed.length + 10] = 7;

        assertThat(RecordedLog.read(wrongSum).getFirst().gaps())
                .containsExactly(
                        "The compressed file is damaged: its checksum is wrong. Its content may be wrong too.");
        assertThat(RecordedLog.read(broken).getLast().gaps())
                .anyMatch(gap -> gap.startsWith("The compressed file is damaged"));
    }

    @Test
    void compressedNothingIsNoBuild() throws IOException {
        byte[] packed = ProgressReaderTests.gzip(new byte[0]);

        assertThatThrownBy(() -> RecordedLog.read(packed)).hasMessage("The file is empty." + EXPECTED);
    }

    @Test
    void skipsUnknownFieldsAndReportsAGap() {
        var build = read("""
                {"vertexes":[{"digest":"d","name":"n","started":"2026-01-01T00:00:00Z","completed":"2026-01-01T00:00:01.5Z",\
                "cached":"yes","inputs":{"a":[1]},"new":{"deep":[{}]}},7,null],"newer":[[]],"statuses":{},"logs":null}
                """).getFirst();

        assertThat(build.vertices())
                .extracting(vertex -> vertex.state() + " " + vertex.duration())
                .containsExactly("DONE PT1.5S");
        assertThat(build.gaps())
                .containsExactly("The log contains a field that this version of Cachewarden does not know: \"newer\".");
    }

    /** As a later BuildKit may: of what is known more is told, and nothing of it is lost. */
    @ParameterizedTest
    @ValueSource(strings = {"28.5/first-live.rawjson", "28.5/failing.rawjson", "28.5-containerd/linked-live.rawjson"})
    void membersThatLaterVersionsMayAddChangeNothing(String name) {
        var log = new RecordedLog(name);
        String later = log.text()
                .replace("{\"digest\":", "{\"attributes\":{\"a\":[1,{\"b\":null}]},\"kind\":\"exec\",\"digest\":")
                .replace("{\"id\":", "{\"unit\":\"bytes\",\"id\":");

        assertThat(later).isNotEqualTo(log.text());
        assertThat(read(later)).containsExactly(log.build());
    }

    /** As a console or an editor of Windows may save it. In rawjson all but ASCII that steps print is in base64. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "rawjson"})
    void whatIsInAnotherEncodingIsReadButForItsLetters(String format) {
        String text = new RecordedLog("28.5/first." + format).text().replace("hello", "h\u00e9llo");
        var build = RecordedLog.read(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
                .getFirst();

        assertThat(build.vertices())
                .hasSameSizeAs(new RecordedLog("28.5/first." + format).build().vertices());
    }

    @Test
    void reportsStepsThatEndBeforeTheyStart() {
        var build = read("{\"vertexes\":[{\"digest\":\"d\",\"name\":\"n\",\"started\":\"2026-01-01T00:00:09Z\","
                        + "\"completed\":\"2026-01-01T00:00:01Z\"}]}")
                .getFirst();

        assertThat(build.vertices())
                .extracting(vertex -> vertex.state() + " " + vertex.duration())
                .containsExactly("DONE PT0S");
        assertThat(build.gaps()).singleElement().asString().startsWith("Some steps end before they start");
    }

    /** As two builds beside each other write into one file: nobody can tell whose a line is, and the result says that it is not whole. */
    @ParameterizedTest
    @CsvSource({"28.5/first.plain, 28.5/forced.plain", "28.5/first-live.rawjson, 28.5/canceled-live.rawjson"})
    void interleavedBuildsArePartial(String one, String other) {
        var mixed = new StringBuilder();
        var lines = new RecordedLog(one).text().lines().iterator();
        var others = new RecordedLog(other).text().lines().iterator();
        while (lines.hasNext() || others.hasNext()) {
            mixed.append(lines.hasNext() ? lines.next() + "\n" : "");
            mixed.append(others.hasNext() ? others.next() + "\n" : "");
        }

        assertThat(read(mixed.toString())).isNotEmpty().anyMatch(BuildProgress::partial);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"vertexes\":[{\"digest\":\"e\",\"na", "{\"logs\":[{\"vertex\":\"d\",\"data\":\"%%%\"}]}"})
    void reportsBrokenLines(String broken) {
        var build = read("{\"vertexes\":[{\"digest\":\"d\",\"name\":\"n\"}]}\n" + broken + "\n")
                .getFirst();

        assertThat(build.gaps())
                .containsExactly("A line of the log is broken or truncated. Its data after that point is missing.");
    }

    @Test
    void manyBuildsShareTheLimits() {
        var one = new StringBuilder(
                "#1 [internal] load build definition from Dockerfile\n#1 DONE 0.1s\n\n#2 [1/1] RUN yes\n");
        for (int i = 0; i < 300; i++) {
            one.append("#2 0.1 ").append("y".repeat(1_000)).append('\n');
        }
        one.append("#2 DONE 1.0s\n\n");
        var builds = read(one.toString().repeat(150));

        assertThat(builds).hasSize(100);
        assertThat(builds.stream()
                        .mapToInt(build -> build.vertices().getLast().log().length())
                        .sum())
                .isLessThanOrEqualTo(ProgressLimits.DEFAULT.logs());
        assertThat(builds.getFirst().vertices().getLast().logCut()).isTrue();
        assertThat(builds.getLast().gaps()).anyMatch(gap -> gap.startsWith("The log contains more than 100 builds"));
    }

    private static void feed(ProgressReader reader, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        reader.feed(bytes, 0, bytes.length);
    }

    private static List<BuildProgress> read(String text) {
        return RecordedLog.read(text.getBytes(UTF_8));
    }
}
