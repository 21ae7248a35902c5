package dev.cachewarden.buildcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTests {

    @ParameterizedTest
    @CsvSource({
        "14d, PT336H, 14d",
        "48h, PT48H, 2d",
        "168h, PT168H, 7d",
        "2w, PT336H, 14d",
        "1d12h, PT36H, 1d12h",
        "90m, PT90M, 1h30m",
        "45s, PT45S, 45s",
        "PT48H, PT48H, 2d",
        "pt1h, PT1H, 1h",
        "0s, PT0S, 0s",
    })
    void parsesAndFormatsCommonNotations(String written, Duration duration, String shortest) {
        assertThat(Durations.parse(written)).isEqualTo(duration);
        assertThat(Durations.format(duration)).isEqualTo(shortest);
    }

    @ParameterizedTest
    @CsvSource({"PT10M, 10m", "PT0S, 0s", "PT0.5S, PT0.5S", "PT1M0.25S, PT1M0.25S"})
    void losesNothingWhereAsked(Duration duration, String exact) {
        assertThat(Durations.exact(duration)).isEqualTo(exact);
        assertThat(Durations.parse(exact)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "d", "14", "14 d", "1h1d", "-5d", "PT", "P1Y", "99999999999d", "PT999999999999999999H"})
    void explainsInvalidDurations(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(written))
                .withMessage("'" + written + "' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-48H", "-PT1S"})
    void refusesNegativeOnes(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(written));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s, 0 s",
        "PT0.0002S, 1 ms, 1 ms",
        "PT0.038S, 38 ms, 38 ms",
        "PT0.25S, 0.25 s, 0.3 s",
        "PT12S, 12 s, 12 s",
        "PT12.345S, 12.345 s, 12.3 s",
        "PT59.96S, 59.96 s, 1 min",
        "PT2M3.6S, 2 min 3 s, 2 min 4 s",
        "PT1H4M40S, 1 h 4 min 40 s, 1 h 5 min",
        "PT36H20M, 1 d 12 h 20 min, 1 d 12 h",
        "PT343H, 14 d 7 h, 14 d",
        "PT-90S, -1 min 30 s, -1 min 30 s"
    })
    void formatDurationsForUsers(Duration duration, String text, String rounded) {
        assertThat(Durations.text(duration)).isEqualTo(text);
        assertThat(Durations.rounded(duration)).isEqualTo(rounded);
    }

    @Test
    void formatTimesForUsers() {
        assertThat(Timestamps.text(Instant.parse("2026-11-20T12:04:59.123456Z")))
                .isEqualTo("2026-11-20 12:04 UTC");
    }
}
