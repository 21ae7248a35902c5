package dev.cachewarden.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.forecast.Outlook.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The outlooks of a cache that grows by one GiB in each hour of a working day from 8 to 16, and on no weekend. */
class ForecasterTests {

    private static final long GIB = 1L << 30;
    private static final Duration STALE = Duration.ofHours(1);

    /** A Monday. */
    private static final Instant NOW = Instant.parse("2026-03-09T00:00:00Z");

    private final Forecaster forecaster = new Forecaster(() -> new SplittableRandom(1));

    private static List<GrowthHour> growth(int hours) {
        var growth = new ArrayList<GrowthHour>();
        for (int hour = -hours; hour < 0; hour++) {
            var at = NOW.plus(Duration.ofHours(hour));
            var local = at.atZone(ZoneOffset.UTC);
            boolean builds = local.getHour() >= 8 && local.getHour() < 16 && !GrowthDays.weekend(local.toLocalDate());
            growth.add(new GrowthHour(at, builds ? GIB : 0, 6, false));
        }
        return growth;
    }

    private static DiskSpace space(long freeGib) {
        return new DiskSpace(new ByteSize(500 * GIB), new ByteSize(freeGib * GIB));
    }

    private static Situation situation(
            int hours, long freeGib, @Nullable PolicyPrunes policy, @Nullable GarbageCollection limits) {
        return situation(growth(hours), freeGib, Duration.ZERO, policy, limits);
    }

    private static Situation situation(
            List<GrowthHour> growth,
            long freeGib,
            Duration age,
            @Nullable PolicyPrunes policy,
            @Nullable GarbageCollection limits) {
        var now = new Situation.Now(NOW, space(freeGib), 100 * GIB, NOW.minus(age), STALE);
        return new Situation(ZoneOffset.UTC, growth, List.of(), now, policy, limits);
    }

    private static String text(@Nullable Outlook outlook) {
        return outlook == null ? "none" : ForecastText.of(outlook);
    }

    private String withoutPruning(Situation situation) {
        return text(forecaster.forecast(situation).withoutPruning());
    }

    @ParameterizedTest(name = "after {0} hours with {1} GiB free: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            672 |   4 | Usually full in about 12 hours.
            672 |  12 | Usually full in about 36 hours.
            672 |  60 | Usually full in about 10 days.
            672 | 400 | Not full within 30 days.
            672 |   0 | Usually full within an hour.
             23 |  60 | No forecast: the cache has been read for only 23 hours, 138 times. A forecast needs 24 hours and 20 snapshots.
            """)
    void outlookDependsOnTheGrowthSoFar(int hours, long freeGib, String expected) {
        assertThat(withoutPruning(situation(hours, freeGib, null, null))).isEqualTo(expected);
    }

    @Test
    void lessThanTwoWeeksShareOnePool() {
        var forecast = forecaster.forecast(situation(10 * 24, 60, null, null));

        assertThat(forecast.withoutPruning()).isInstanceOf(Outlook.Range.class);
        assertThat(ForecastText.of(Objects.requireNonNull(forecast.basis())))
                .startsWith("From 10 days: the cache grows by ")
                .contains(" per day.");
        assertThat(ForecastText.of(Objects.requireNonNull(
                        forecaster.forecast(situation(672, 60, null, null)).basis())))
                .isEqualTo("From 28 days: the cache grows by 8.0 GiB per working day and 0 B per weekend day."
                        + " Other use of the disk is taken as constant.");
    }

    @Test
    void lessThanThreeDaysGiveARoughRange() {
        var friday = growth(28 * 24).subList(25 * 24 - 48, 25 * 24);

        var forecast = forecaster.forecast(situation(friday, 20, Duration.ZERO, null, GC));

        assertThat(forecast.withoutPruning()).isInstanceOf(Outlook.Range.class);
        assertThat(ForecastText.of(Objects.requireNonNull(forecast.basis())))
                .startsWith("Rough, from 48 hours: the cache grows by about 8");
        assertThat(text(forecast.withGarbageCollection()))
                .isEqualTo("No forecast: effects of prunes need three whole days of snapshots.");
    }

    private static final GarbageCollection GC = new GarbageCollection(120 * GIB, null, 0);

    @Test
    void tooFewReadingsGiveNoForecast() {
        var seldom = growth(72).stream()
                .map(hour -> new GrowthHour(hour.hour(), hour.grownBytes(), 0, true))
                .toList();

        assertThat(withoutPruning(situation(seldom, 60, Duration.ZERO, null, null)))
                .isEqualTo("No forecast: the cache has been read for only 3 days, 0 times."
                        + " A forecast needs 24 hours and 20 snapshots.");
    }

    @Test
    void staleReadingGivesNoForecast() {
        assertThat(withoutPruning(situation(growth(672), 60, Duration.ofHours(3), null, null)))
                .isEqualTo("No forecast: the last snapshot is 3 hours old.");
    }

    @Test
    void unknownDiskGivesNoForecastForAnyAssumption() {
        var now = new Situation.Now(NOW, null, 100 * GIB, NOW, STALE);
        var forecast = forecaster.forecast(new Situation(ZoneOffset.UTC, growth(672), List.of(), now, NIGHTLY, GC));

        assertThat(List.of(
                        text(forecast.withoutPruning()),
                        text(forecast.withPolicies()),
                        text(forecast.withGarbageCollection())))
                .containsOnly("No forecast: the free disk space is unknown.");
        assertThat(forecast.basis()).isNull();
    }

    @Test
    void diskThatEmptiesIsNoForecast() {
        var idle = growth(672).stream()
                .map(hour -> new GrowthHour(hour.hour(), 0, 6, false))
                .toList();

        assertThat(forecaster
                        .forecast(situation(idle, 60, Duration.ZERO, null, null))
                        .withoutPruning())
                .isEqualTo(new Outlook.None(Reason.NOT_GROWING, "No forecast: the used disk space does not grow."));
    }

    @Test
    void restOfTheDiskCountsToo() {
        var levels = new ArrayList<DiskLevel>();
        for (int hour = -672; hour <= 0; hour++) {
            var free = new ByteSize((60 - hour) * GIB);
            levels.add(new DiskLevel(
                    NOW.plus(Duration.ofHours(hour)), new DiskSpace(new ByteSize(900 * GIB), free), 100 * GIB));
        }
        var now = new Situation.Now(NOW, space(60), 100 * GIB, NOW, STALE);
        var idle = growth(672).stream()
                .map(hour -> new GrowthHour(hour.hour(), 0, 6, false))
                .toList();

        var forecast = forecaster.forecast(new Situation(ZoneOffset.UTC, idle, levels, now, null, null));

        assertThat(text(forecast.withoutPruning())).isEqualTo("Usually full in about 3 days.");
    }

    private static final PolicyPrunes NIGHTLY = policy(Instant.parse("2026-03-10T03:00:00Z"), null, List.of(100 * GIB));

    private static PolicyPrunes policy(@Nullable Instant first, @Nullable Long freeStart, List<Long> left) {
        var starts = new ArrayList<Instant>();
        for (int day = 0; first != null && day < 90; day++) {
            starts.add(first.plus(Duration.ofDays(day)));
        }
        return new PolicyPrunes("ci", starts, false, null, freeStart, left);
    }

    @Test
    void scheduledRunsLeaveWhatTheLastOnesLeft() {
        assertThat(text(forecaster.forecast(situation(672, 12, NIGHTLY, null)).withPolicies()))
                .isEqualTo("Not full within 30 days.");
        // It leaves more and more.
        var weak = policy(Instant.parse("2026-03-10T03:00:00Z"), null, List.of(111 * GIB));
        assertThat(text(forecaster.forecast(situation(672, 12, weak, null)).withPolicies()))
                .isEqualTo("Usually full in about 36 hours.");
    }

    @Test
    void watermarkStartsRunsToo() {
        var watermark = policy(null, 10 * GIB, List.of(80 * GIB));

        assertThat(text(forecaster.forecast(situation(672, 20, watermark, null)).withPolicies()))
                .isEqualTo("Not full within 30 days.");
    }

    @Test
    void policyWithoutRunsOrTriggersHasNoOutlook() {
        var never = policy(Instant.parse("2026-03-10T03:00:00Z"), null, List.of());
        var manual = policy(null, null, List.of(100 * GIB));

        assertThat(text(forecaster.forecast(situation(672, 12, never, null)).withPolicies()))
                .isEqualTo("No forecast: the policy ci has not completed a run on this host yet.");
        assertThat(text(forecaster.forecast(situation(672, 12, manual, null)).withPolicies()))
                .isEqualTo("No forecast: the policy ci never starts automatically.");
    }

    @Test
    void garbageCollectionHoldsTheCacheOrIsTooLate() {
        assertThat(text(forecaster.forecast(situation(672, 60, null, GC)).withGarbageCollection()))
                .isEqualTo("Garbage collection holds the cache at 120.0 GiB.");
        assertThat(text(forecaster
                        .forecast(situation(672, 60, null, new GarbageCollection(null, 10 * GIB, 0)))
                        .withGarbageCollection()))
                .isEqualTo("Garbage collection keeps 10.0 GiB of the disk free.");
        assertThat(text(forecaster.forecast(situation(672, 12, null, GC)).withGarbageCollection()))
                .isEqualTo("Usually full in about 36 hours.");
    }

    @Test
    void fastGrowthIsReportedNextToTheForecast() {
        var growth = new ArrayList<>(growth(672));
        growth.set(671, new GrowthHour(growth.get(671).hour(), 24 * GIB, 6, false));

        var pace = forecaster
                .forecast(situation(growth, 48, Duration.ZERO, null, null))
                .pace();

        assertThat(ForecastText.of(Objects.requireNonNull(pace)))
                .isEqualTo("The last 24 hours grew 3 times faster than usual (24.0 GiB)."
                        + " At that pace, the disk is full in 2 days.");
        assertThat(forecaster.forecast(situation(672, 48, null, null)).pace()).isNull();
    }

    @Test
    void sameSituationGivesTheSameForecast() {
        var situation = new Trace(Trace.Kind.MANUAL_PRUNES, ZoneOffset.UTC, NOW, 700, 3).situation(90 * GIB);

        assertThat(forecaster.forecast(situation)).isEqualTo(forecaster.forecast(situation));
    }
}
