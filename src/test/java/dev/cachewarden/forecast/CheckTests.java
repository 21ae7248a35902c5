package dev.cachewarden.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison of forecasts with what happened. The cache grows by 10 bytes per hour. */
class CheckTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");

    private static List<GrowthHour> hours(int count) {
        return IntStream.range(0, count)
                .mapToObj(hour -> new GrowthHour(NOON.plus(Duration.ofHours(hour)), 10, 6, false))
                .toList();
    }

    private static Check check(long free, int p5, @Nullable Integer p95) {
        return new Check(NOON, free, 1_000, Duration.ofHours(p5), p95 == null ? null : Duration.ofHours(p95));
    }

    @ParameterizedTest(name = "{0} bytes free, {1} to {2} hours, {3} hours later: {4}")
    @CsvSource(nullValues = "-", textBlock = """
            200, 10,  30,  25, HELD
            200, 10,  30,  19, -
            200, 30,  50,  25, TOO_LATE
            200,  5,  10,  12, TOO_EARLY
            200,  5,  10,  11, -
            200,  5,  10,  25, TOO_EARLY
            9000, 720, -, 300, -
            9000, 720, -, 340, HELD
            900, 720,  -, 100, TOO_LATE
            9000, 100, 900, 340, HELD
            """)
    void outcomeIsKnownOnceTheRangeIsOver(
            long free, int p5, @Nullable Integer p95, int later, Check.@Nullable Outcome outcome) {
        assertThat(check(free, p5, p95).outcome(hours(later), List.of())).isEqualTo(outcome);
    }

    @Test
    void growthOfTheRestCounts() {
        var space = new DiskSpace(new ByteSize(5_000), new ByteSize(5_000 - 1_150 - 400));
        var disk = List.of(new DiskLevel(NOON.plus(Duration.ofHours(2)), space, 400));

        assertThat(check(200, 4, 8).outcome(hours(9), disk)).isEqualTo(Check.Outcome.HELD);
    }

    @Test
    void forecastWithoutATimeIsNotChecked() {
        var none = new Outlook.None(Outlook.Reason.NOT_GROWING, "No forecast.");
        var space = new DiskSpace(new ByteSize(5_000), new ByteSize(300));

        assertThat(Check.of(new DiskForecast(NOON, space, null, none, null, null, null), 100))
                .isNull();
        assertThat(Check.of(
                        new DiskForecast(NOON, space, null, new Outlook.NotWithin(Outlook.FAR), null, null, null), 100))
                .isEqualTo(new Check(NOON, 300, 4_600, Duration.ofDays(30), null));
    }

    @Test
    void trackRecordIsASentence() {
        assertThat(new TrackRecord(20, 16).text()).isEqualTo("16 of the last 20 forecasts held.");
        assertThat(new TrackRecord(1, 0).text()).isEqualTo("0 of the last 1 forecast held.");
        assertThat(new TrackRecord(0, 0).text()).isEqualTo("No forecast of this host could be checked yet.");
    }
}
