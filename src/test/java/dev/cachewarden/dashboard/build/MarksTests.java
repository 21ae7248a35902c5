package dev.cachewarden.dashboard.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.dashboard.build.Marks.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarksTests {

    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    /** Hours at which runs (r) and versions of policies (p) are, and what they are called where an hour is close. */
    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            r0 r5 r9       ¦ 1;2;3
            r0 r1 r9       ¦ 1, 2;;3
            r0 r1 r2       ¦ 1, 2;;3
            r0 r0 r0 r0    ¦ 1, 2, 3, 4;;;
            r0 p0 r1 p1 p4 ¦ 1, 3;2, 4;;;5
            p3             ¦ 1
            """)
    void marksThatWouldLieOnEachOtherShareALabel(String marks, String labels) {
        var shown = Arrays.stream(marks.split(" "))
                .map(mark -> new Mark(
                        BEGIN.plus(Duration.ofHours(Long.parseLong(mark.substring(1)))),
                        "Run 1",
                        "/runs/1",
                        "deleted",
                        mark.startsWith("p")))
                .toList();

        assertThat(new Marks(shown, 0, 0).labels(Duration.ofHours(1))).containsExactly(labels.split(";", -1));
    }
}
