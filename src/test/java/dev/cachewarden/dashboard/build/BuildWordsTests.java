package dev.cachewarden.dashboard.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildWordsTests {

    private final BuildWords words = new BuildWords();

    @ParameterizedTest
    @CsvSource(textBlock = """
            PT0S,          0 s
            PT0.0002S,     1 ms
            PT0.038S,      38 ms
            PT0.0999S,     99 ms
            PT0.1S,        0.1 s
            PT12.34S,      12.3 s
            PT59.94S,      59.9 s
            PT59.95S,      1 min
            PT2M3.4S,      2 min 3 s
            PT59M59.6S,    1 h
            PT1H4M30S,     1 h 5 min
            PT30H,         1 d 6 h
            """)
    void formatsTimes(Duration time, String expected) {
        assertThat(words.time(time)).isEqualTo(expected);
    }

    @Test
    void nullTimeIsUnknown() {
        assertThat(words.time(null)).isEqualTo("Unknown");
    }

    /** Logs may have steps of any years. */
    @Test
    void sharesOfThousandsOfYearsAreNoFailure() {
        var part = Duration.ofDays(365 * 3_000L);
        var whole = Duration.ofDays(365 * 6_000L);

        assertThat(words.width(part, whole)).isEqualTo("100.0");
        assertThat(words.part(Duration.ofHours(1), whole)).isEqualTo("1 h (0%)");
    }
}
