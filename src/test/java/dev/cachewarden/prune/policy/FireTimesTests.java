package dev.cachewarden.prune.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FireTimesTests {

    private static final Instant FROM = Instant.parse("2026-03-27T00:00:00Z");

    @Test
    void followTheClockOfTheZone() {
        // Clocks go forward on the 29th.
        assertThat(FireTimes.of("30 3 * * *", ZoneId.of("Europe/Berlin"), FROM, FROM.plus(Duration.ofDays(4)), 100))
                .containsExactly(
                        Instant.parse("2026-03-27T02:30:00Z"),
                        Instant.parse("2026-03-28T02:30:00Z"),
                        Instant.parse("2026-03-29T01:30:00Z"),
                        Instant.parse("2026-03-30T01:30:00Z"));
    }

    @Test
    void areThinnedOutEvenly() {
        var times = FireTimes.of("* * * * *", ZoneOffset.UTC, FROM, FROM.plus(Duration.ofDays(1)), 24);

        assertThat(times).hasSizeBetween(23, 24);
        assertThat(times.getFirst()).isEqualTo(FROM.plusSeconds(60));
        assertThat(Duration.between(times.get(5), times.get(6))).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void withoutCronAreAsFarApartAsAsked() {
        assertThat(FireTimes.every(Duration.ofHours(1), FROM, FROM.plus(Duration.ofHours(3))))
                .hasSize(3);
    }
}
