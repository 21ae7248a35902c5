package dev.cachewarden.build.analysis.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cachewarden.build.analysis.size.RebuildValue.Candidate;
import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RebuildValueTests {

    private static final Instant NOW = Instant.parse("2026-03-10T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void whatTakesLongToMakeIsWorthMore() {
        assertThat(order(record("long", 100, 10, 1, 5, 600), record("short", 100, 10, 1, 5, 6)))
                .containsExactly("short", "long");
    }

    @Test
    void whatIsSmallIsWorthMoreForEachByte() {
        assertThat(order(record("small", 10, 10, 1, 5, 60), record("large", 1_000, 10, 1, 5, 60)))
                .containsExactly("large", "small");
    }

    @Test
    void whatIsUsedMoreOftenIsWorthMore() {
        assertThat(order(record("often", 100, 10, 1, 50, 60), record("seldom", 100, 10, 1, 1, 60)))
                .containsExactly("seldom", "often");
    }

    @Test
    void useLongAgoCountsLess() {
        assertThat(order(record("lately", 100, 10, 0, 2, 60), record("formerly", 100, 10, 8, 50, 60)))
                .containsExactly("formerly", "lately");
    }

    @Test
    void ofEqualWorthTheLongestUnusedGoesFirst() {
        assertThat(order(record("b", 100, 10, 1, 5, 0), record("a", 100, 10, 1, 5, 0), record("c", 100, 10, 2, 5, 0)))
                .containsExactly("c", "a", "b");
    }

    @Test
    void whatNobodyTimedIsTakenToCostWhatOthersDoBySize() {
        assertThat(order(
                        record("cheap", 100, 10, 1, 5, 6),
                        record("usual", 100, 10, 1, 5, 60),
                        record("dear", 100, 10, 1, 5, 600),
                        record("unknown", 100, 10, 1, 6, null)))
                .containsExactly("cheap", "usual", "unknown", "dear");
    }

    @Test
    void aRecordOfNoSizeIsOfFiniteWorth() {
        assertThat(RebuildValue.among(List.of(), NOW, DAY).of(record("empty", 0, 10, 1, 5, 60)))
                .isPositive()
                .isFinite();
    }

    @Test
    void isSecondsSavedADayForEachByte() {
        // Nine uses and one more in nine days and one, the last just now, of 60 seconds each, for a mebibyte.
        var record = record("one", 1, 9, 0, 9, 60);
        assertThat(RebuildValue.among(List.of(record), NOW, DAY).of(record)).isEqualTo(60.0 / (1 << 20));
    }

    @Test
    void refusesAnExpectationThatNeverHalves() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RebuildValue.among(List.of(), NOW, Duration.ZERO))
                .withMessage("The expectation of use must take some time to halve, not PT0S");
    }

    /** Thirty projects over a month, in caches of a twentieth to a third of all they ever made. */
    @ParameterizedTest
    @CsvSource({"1, 0.05", "1, 0.10", "1, 0.20", "2, 0.05", "2, 0.10", "3, 0.02", "3, 0.05", "3, 0.10", "3, 0.20"})
    void takesFewerMinutesOfRebuildThanOtherOrders(long seed, double share) {
        var trace = Traces.projects(seed, 30, 30);
        long capacity = (long) (size(trace) * share);
        double recent = Eviction.minutesADay(trace, capacity, Eviction.LEAST_RECENTLY_USED);
        double buildKit = Eviction.minutesADay(trace, capacity, Eviction.BUILDKIT);
        double cheapest = Eviction.minutesADay(trace, capacity, Eviction.CHEAPEST_TO_REBUILD);

        assertThat(cheapest).isLessThan(recent * 0.95).isLessThan(buildKit);
    }

    private static long size(List<RecordUse> trace) {
        return trace.stream()
                .collect(Collectors.toMap(RecordUse::content, use -> use.size().bytes(), (one, same) -> one))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static List<String> order(Candidate... records) {
        return RebuildValue.among(List.of(records), NOW, DAY).cheapestFirst(List.of(records)).stream()
                .map(Candidate::id)
                .toList();
    }

    private static Candidate record(
            String id, long mebi, int createdDaysAgo, int usedDaysAgo, long uses, @Nullable Integer rebuildSeconds) {
        return new Candidate(
                id,
                new ByteSize(mebi << 20),
                NOW.minus(Duration.ofDays(createdDaysAgo)),
                NOW.minus(Duration.ofDays(usedDaysAgo)),
                uses,
                rebuildSeconds == null ? null : Duration.ofSeconds(rebuildSeconds));
    }
}
