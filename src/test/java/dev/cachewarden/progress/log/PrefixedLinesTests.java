package dev.cachewarden.progress.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.progress.ProgressLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of GitLab, which wait for what may go on with them. */
class PrefixedLinesTests {

    private static final String BEGINNING = "2026-11-20T14:56:59.762977Z 00O ";
    private static final String CONTINUATION = "2026-11-20T14:56:59.762977Z 00O+";

    private final List<String> taken = new ArrayList<>();
    private final List<Integer> arrays = new ArrayList<>();
    private final PrefixedLines lines = new PrefixedLines(new Lines.Sink() {
        @Override
        public void line(byte[] bytes, int from, int to) {
            taken.add(to - from > 80 ? (to - from) + " bytes" : new String(bytes, from, to - from, US_ASCII));
            arrays.add(bytes.length);
        }

        @Override
        public void gap(String reason) {
            taken.add("gap: " + reason);
        }
    });

    @Test
    void truncatesJoinedLinesThatAreTooLong() {
        line(BEGINNING + "x".repeat(10 << 20));
        line(CONTINUATION + "x".repeat(6 << 20));
        line(BEGINNING + "whole");
        line(BEGINNING + "x".repeat(10 << 20));
        line(CONTINUATION + "x".repeat(10 << 20));
        line(CONTINUATION + "x");
        line(BEGINNING + "behind");
        lines.end();

        assertThat(taken)
                .containsExactly(
                        "16777216 bytes",
                        "whole",
                        "16777216 bytes",
                        "gap: A line is longer than 16 MiB and was truncated.",
                        "behind");
    }

    @Test
    void reportsGapsAfterThePendingLine() {
        lines.gap("none");
        line(BEGINNING + "one");
        lines.gap("some");
        lines.gap("some");
        line(CONTINUATION + " and a half");
        line(BEGINNING + "two");
        lines.end();
        lines.gap("more");

        assertThat(taken).containsExactly("gap: none", "one and a half", "gap: some", "two", "gap: more");
    }

    @Test
    void arraysOfLongLinesAreLetGo() {
        line(BEGINNING + "x".repeat(100 << 10));
        line(BEGINNING + "short");
        line(BEGINNING + "short");
        lines.end();

        assertThat(arrays.getFirst()).isGreaterThan(64 << 10);
        assertThat(arrays.subList(1, 3)).allMatch(length -> length <= 64 << 10);
    }

    @Test
    void reportsAGapOnTheBuildThatFollows() {
        var reader = new ProgressReader(ProgressLimits.DEFAULT);
        String header = BEGINNING + "#0 building with \"default\" instance using docker driver\n";
        String step = BEGINNING + "#1 [1/1] RUN true\n" + BEGINNING + "#1 DONE 1.0s\n";
        byte[] log = (header + step + header).getBytes(US_ASCII);
        reader.feed(log, 0, log.length);
        reader.gap("A part was lost.");
        reader.feed(step.getBytes(US_ASCII), 0, step.length());

        assertThat(reader.finish())
                .extracting(build -> build.gaps())
                .containsExactly(List.of(), List.of("A part was lost."));
    }

    private void line(String line) {
        lines.line(line.getBytes(US_ASCII), 0, line.length());
    }
}
