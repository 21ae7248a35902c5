package dev.cachewarden.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The growth of caches and disks without their drops. */
class GrowthTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");

    private static Level level(int minute, long total, long deleted) {
        return new Level(NOON.plus(Duration.ofMinutes(minute)), total, deleted);
    }

    private static GrowthHour hour(int hour, long grown, int readings, boolean spread) {
        return new GrowthHour(NOON.plus(Duration.ofHours(hour)), grown, readings, spread);
    }

    @Test
    void dropsDoNotCount() {
        assertThat(Growth.between(List.of(level(0, 100, 0), level(10, 160, 0), level(20, 20, 0), level(30, 50, 0))))
                .containsExactly(hour(0, 90, 3, false));
    }

    @Test
    void whatAPruneHidesBetweenTwoReadingsCounts() {
        assertThat(Growth.between(List.of(level(0, 100, 0), level(10, 90, 50)))).containsExactly(hour(0, 40, 1, false));
    }

    @Test
    void gapIsSpreadEvenlyAndMarked() {
        assertThat(Growth.between(List.of(level(0, 0, 0), level(30, 5, 0), level(210, 305, 0))))
                .containsExactly(
                        hour(0, 55, 1, true), hour(1, 100, 0, true), hour(2, 100, 0, true), hour(3, 50, 1, true));
    }

    @Test
    void readingsOfAClockThatWasSetBackDoNotCount() {
        assertThat(Growth.between(List.of(level(0, 0, 0), level(-90, 70, 0), level(-90, 80, 0))))
                .isEmpty();
    }

    @Test
    void gapLongerThanThePoolBelongsToNoDay() {
        assertThat(Growth.between(List.of(level(0, 0, 0), level(40 * 24 * 60, 70, 0))))
                .isEmpty();
    }

    @Test
    void dayOfAClockChangeIsWholeWithItsOwnNumberOfHours() {
        var zone = ZoneId.of("Europe/Berlin");
        // March 28 to 30: the clocks go forward on the 29th, which has 23 hours.
        var first = Instant.parse("2026-03-27T23:00:00Z");
        var growth = IntStream.range(0, 71)
                .mapToObj(hour -> new GrowthHour(first.plus(Duration.ofHours(hour)), 1, 1, false))
                .toList();

        var days = GrowthDays.whole(growth, zone, Instant.parse("2026-04-02T12:00:00Z"));

        assertThat(days).extracting(GrowthDays.Day::total).containsExactly(24.0, 23.0, 24.0);
    }

    @Test
    void todayAndIncompleteDaysAreLeftOut() {
        var growth =
                IntStream.range(0, 60).mapToObj(hour -> hour(hour, 1, 1, false)).toList();

        assertThat(GrowthDays.whole(growth, ZoneOffset.UTC, NOON.plus(Duration.ofHours(60))))
                .extracting(day -> day.date().toString())
                .containsExactly("2026-03-09", "2026-03-10");
    }

    @Test
    void restOfAResizedDiskDoesNotGrow() {
        var levels = new ArrayList<DiskLevel>();
        for (int hour = 0; hour <= 96; hour++) {
            long total = hour < 40 ? 10_000 : 50_000;
            long used = 1_000L + hour + (hour < 40 ? 0 : 700);
            var space = new DiskSpace(new ByteSize(total), new ByteSize(total - used));
            levels.add(new DiskLevel(Instant.parse("2026-03-01T00:00:00Z").plus(Duration.ofHours(hour)), space, 400));
        }

        var days = GrowthDays.ofRest(levels, ZoneOffset.UTC, NOON);

        assertThat(days).extracting(GrowthDays.Day::total).containsExactly(24.0, 23.0, 24.0, 24.0);
    }
}
