package dev.cachewarden.policy.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class StartTimesTests {

    private static final Instant FROM = Instant.parse("2026-03-27T00:00:00Z");

    @Test
    void followTheClockOfTheZone() {
        // Clocks go forward on the 29th.
        assertThat(StartTimes.of("30 3 * * *", ZoneId.of("Europe/Berlin"), FROM, FROM.plus(Duration.ofDays(4)), 100)
                        .at())
                .containsExactly(
                        Instant.parse("2026-03-27T02:30:00Z"),
                        Instant.parse("2026-03-28T02:30:00Z"),
                        Instant.parse("2026-03-29T01:30:00Z"),
                        Instant.parse("2026-03-30T01:30:00Z"));
    }

    @Test
    void areThinnedOutEvenly() {
        var thinned = StartTimes.of("* * * * *", ZoneOffset.UTC, FROM, FROM.plus(Duration.ofDays(1)), 24);
        var times = thinned.at();

        assertThat(thinned.thinned()).isTrue();
        assertThat(times).hasSizeBetween(23, 24);
        assertThat(times.getFirst()).isEqualTo(FROM.plusSeconds(60));
        assertThat(Duration.between(times.get(5), times.get(6))).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void areNotThinnedWhereAllFit() {
        assertThat(StartTimes.of("0 * * * *", ZoneOffset.UTC, FROM, FROM.plus(Duration.ofDays(1)), 24))
                .satisfies(times -> assertThat(times.thinned()).isFalse())
                .satisfies(times -> assertThat(times.at()).hasSize(24));
    }
}
