package dev.cachewarden.notify.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTests {

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 20", "3, 40", "8, 1280", "9, 1800", "50, 1800"})
    void pauseIsRandomUpToALimitThatDoubles(int failures, long mostSeconds) {
        var random = new Random(7);
        long longest = 0;
        for (int i = 0; i < 1_000; i++) {
            long pause = Backoff.pause(failures, null, random).toMillis();
            assertThat(pause).isBetween(1_000L, mostSeconds * 1_000);
            longest = Math.max(longest, pause);
        }
        assertThat(longest).isGreaterThan(mostSeconds * 900);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT30S, PT30S", "PT59M, PT59M", "PT3H, PT1H"})
    void requestedPauseIsObeyedUpToAnHour(Duration requested, Duration expected) {
        assertThat(Backoff.pause(5, requested, new Random(7))).isEqualTo(expected);
    }
}
