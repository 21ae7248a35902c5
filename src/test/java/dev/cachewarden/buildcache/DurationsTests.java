package dev.cachewarden.buildcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
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
    void readsAndWritesWhatPeopleWrite(String written, Duration duration, String shortest) {
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
    void tellsWhatIsWrongWithTheRest(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(written))
                .withMessage("'" + written + "' is not a duration; use 14d, 48h, 90m, 1d12h or ISO 8601 such as PT48H");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-48H", "-PT1S"})
    void refusesNegativeOnes(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(written));
    }
}
