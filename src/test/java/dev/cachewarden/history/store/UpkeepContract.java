package dev.cachewarden.history.store;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.UsageSample;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Samples become means, and what is old is forgotten. */
abstract class UpkeepContract extends StoreContract {

    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void meansStandForTheSpansThatAreOver() {
        // Two readings in the first five minutes, one in the second, one in a span that is not over.
        read(minute(0), aRecord("a").bytes(1_000).build());
        read(
                minute(4),
                aRecord("a").bytes(2_000).build(),
                aRecord("b").shared().bytes(10).build());
        read(minute(5), aRecord("a").bytes(4_000).build());
        read(minute(10), aRecord("a").bytes(8_000).build());

        upkeep.rollUp(minute(14));

        var means = stored(Resolution.FIVE_MINUTES);
        assertThat(means).extracting(UsageSample::takenAt).containsExactly(minute(0), minute(5));
        assertThat(means).extracting(UsageSample::span).containsOnly(Duration.ofMinutes(5));
        assertThat(means.getFirst().usage().reclaimable().size().bytes()).isEqualTo(1_500);
        assertThat(means.getFirst().usage().shared().size().bytes()).isEqualTo(5);
        assertThat(means.getFirst().highest().bytes()).isEqualTo(2_010);
        assertThat(means.getLast().usage().of(RecordType.REGULAR).size().bytes())
                .isEqualTo(4_000);
        assertThat(stored(Resolution.HOUR)).isEmpty();
    }

    @Test
    void meansOfAnHourAreMadeOfThoseOfFiveMinutes() {
        for (int minute = 0; minute < 60; minute += 5) {
            read(minute(minute), aRecord("a").bytes(minute * 1_000L).build());
        }

        upkeep.rollUp(minute(61));

        assertThat(stored(Resolution.HOUR)).singleElement().satisfies(mean -> {
            assertThat(mean.takenAt()).isEqualTo(NOON);
            assertThat(mean.usage().total()).isEqualTo(new Amount(1, new ByteSize(27_500)));
            assertThat(mean.highest().bytes()).isEqualTo(55_000);
        });
    }

    @Test
    void repeatedRollUpIsIdempotentAndResumes() {
        read(minute(0), aRecord("a").build());
        upkeep.rollUp(minute(7));
        upkeep.rollUp(minute(7));
        assertThat(count("usage_sample")).isEqualTo(2);

        // The host was down for three days.
        read(minute(0).plus(DAY.multipliedBy(3)), aRecord("a").bytes(7).build());
        upkeep.rollUp(minute(7).plus(DAY.multipliedBy(3)));

        assertThat(stored(Resolution.FIVE_MINUTES))
                .extracting(UsageSample::takenAt)
                .containsExactly(minute(0), minute(0).plus(DAY.multipliedBy(3)));
    }

    @Test
    void oldSamplesAreForgottenStepByStep() {
        for (int hour = 0; hour < 72; hour++) {
            read(minute(hour * 60), aRecord("a").build());
        }
        var now = minute(72 * 60);
        upkeep.rollUp(now.plusSeconds(60));

        upkeep.forget(now);
        assertThat(stored(Resolution.READING)).hasSize(48);
        assertThat(stored(Resolution.FIVE_MINUTES)).hasSize(72);

        upkeep.forget(now.plus(DAY.multipliedBy(29)));
        assertThat(stored(Resolution.FIVE_MINUTES)).hasSize(24);
        assertThat(stored(Resolution.HOUR)).hasSize(72);

        upkeep.forget(now.plus(DAY.multipliedBy(729)));
        assertThat(stored(Resolution.HOUR)).hasSize(24);
    }

    @Test
    void lastReadingOfAHostThatIsDownIsNeverForgotten() {
        read(minute(0), aRecord("a").build());
        read(minute(1), aRecord("a").build());

        upkeep.forget(NOON.plus(DAY.multipliedBy(1_000)));

        assertThat(history.latest(BUILDER))
                .hasValueSatisfying(sample -> assertThat(sample.takenAt()).isEqualTo(minute(1)));
        assertThat(history.snapshot(BUILDER))
                .hasValueSatisfying(snapshot -> assertThat(snapshot.records()).hasSize(1));
    }

    @Test
    void forgetsLongMissingRecordsAndOldUses() {
        read(minute(0), aRecord("kept").used(1, NOON).build(), aRecord("gone").build());
        read(minute(1), aRecord("kept").used(2, NOON).build());
        assertThat(count("record_use")).isEqualTo(1);

        upkeep.forget(minute(1).plus(DAY.multipliedBy(90)));
        assertThat(history.record(BUILDER, "gone")).isPresent();
        assertThat(count("record_use")).isEqualTo(1);

        upkeep.forget(minute(2).plus(DAY.multipliedBy(90)));
        assertThat(history.record(BUILDER, "gone")).isEmpty();
        assertThat(history.record(BUILDER, "kept")).isPresent();
        assertThat(count("record_use")).isZero();
    }

    @Test
    void seriesOfAShortTimeIsMadeOfReadings() {
        for (int minute = 0; minute < 10; minute++) {
            read(minute(minute), aRecord("a").bytes(minute).build());
        }

        var series = history.series(BUILDER, minute(2), minute(5), 10);

        assertThat(series).extracting(UsageSample::takenAt).containsExactly(minute(2), minute(3), minute(4));
        assertThat(series).extracting(UsageSample::span).containsOnly(Duration.ZERO);
        assertThat(history.series(BUILDER, minute(5), minute(5), 10)).isEmpty();
        assertThat(history.series(OTHER_BUILDER, minute(0), minute(5), 10)).isEmpty();
    }

    @Test
    void seriesEndsWithReadingsThatAreNotRolledUpYet() {
        for (int minute = 0; minute < 127; minute++) {
            read(minute(minute), aRecord("a").bytes(minute).build());
        }
        upkeep.rollUp(minute(127));

        // Four hours in 40 points: one each six minutes.
        var series = history.series(BUILDER, minute(-113), minute(127), 40);

        assertThat(series).isSortedAccordingTo(Comparator.comparing(UsageSample::takenAt));
        assertThat(series.getFirst().takenAt()).isEqualTo(minute(0));
        assertThat(series.getFirst().span()).isEqualTo(Duration.ofMinutes(5));
        assertThat(series.getLast().takenAt()).isEqualTo(minute(126));
        assertThat(series).hasSize(25 + 2);
    }

    @Test
    void seriesUsesMeansWhereSnapshotsAreForgotten() {
        for (int hour = 0; hour < 72; hour++) {
            read(minute(hour * 60), aRecord("a").bytes(hour).build());
        }
        var now = minute(72 * 60);
        upkeep.rollUp(now);
        upkeep.forget(now);

        var series = history.series(BUILDER, NOON, now, 10_000);

        assertThat(series).hasSize(72);
        assertThat(series.getFirst().span()).isEqualTo(Duration.ofMinutes(5));
        assertThat(series.getLast().span()).isZero();
    }

    @Test
    void longSeriesIsThinnedOut() {
        for (int minute = 0; minute < 100; minute++) {
            read(minute(minute), aRecord("a").bytes(minute).build());
        }

        var series = history.series(BUILDER, minute(0), minute(100), 10);

        assertThat(series).hasSize(10);
        assertThat(series.get(3)).satisfies(mean -> {
            assertThat(mean.takenAt()).isEqualTo(minute(30));
            assertThat(mean.span()).isEqualTo(Duration.ofMinutes(10));
            assertThat(mean.highest().bytes()).isEqualTo(39);
        });
    }

    private List<UsageSample> stored(Resolution resolution) {
        return jdbc.query(
                "select " + Rows.SAMPLE + " from usage_sample s where resolution_seconds = ? order by taken_at",
                (row, number) -> Rows.sample(row),
                resolution.seconds());
    }
}
