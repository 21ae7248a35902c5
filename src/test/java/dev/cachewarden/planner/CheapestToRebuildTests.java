package dev.cachewarden.planner;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static dev.cachewarden.planner.EvictionOrder.BUILDKIT;
import static dev.cachewarden.planner.EvictionOrder.CHEAPEST_TO_REBUILD;
import static dev.cachewarden.planner.EvictionOrder.LEAST_RECENTLY_USED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.analytics.RecordUse;
import dev.cachewarden.analytics.Traces;
import dev.cachewarden.buildcache.ByteSize;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheapestToRebuildTests {

    private final Map<String, Duration> rebuildTimes = new HashMap<>();

    @Test
    void whatTakesLongToMakeStays() {
        assertThat(order(record("long", 100, 10, 1, 5, 600), record("short", 100, 10, 1, 5, 6)))
                .containsExactly("short", "long");
    }

    @Test
    void whatIsSmallIsWorthMoreForEachByte() {
        assertThat(order(record("small", 10, 10, 1, 5, 60), record("large", 1_000, 10, 1, 5, 60)))
                .containsExactly("large", "small");
    }

    @Test
    void whatIsUsedMoreOftenStays() {
        assertThat(order(record("often", 100, 10, 1, 50, 60), record("seldom", 100, 10, 1, 1, 60)))
                .containsExactly("seldom", "often");
    }

    @Test
    void useLongAgoCountsLess() {
        assertThat(order(
                        record("lately", 100, 10, 0, 2, 60),
                        record("formerly", 100, 10, 8, 50, 60),
                        record("too", 100, 10, 1, 4, 60)))
                .containsExactly("formerly", "too", "lately");
    }

    @Test
    void ofEqualWorthTheLongestUnusedGoesFirst() {
        assertThat(order(record("b", 100, 10, 1, 5, 0), record("a", 100, 10, 1, 5, 0), record("c", 100, 10, 2, 5, 0)))
                .containsExactly("c", "a", "b");
    }

    @Test
    void estimatesUnknownCostsFromSizes() {
        assertThat(order(
                        record("cheap", 100, 10, 1, 5, 6),
                        record("usual", 100, 10, 1, 5, 60),
                        record("dear", 100, 10, 1, 5, 600),
                        record("unknown", 100, 10, 1, 6, null)))
                .containsExactly("cheap", "usual", "unknown", "dear");
    }

    @Test
    void withoutAnyTimesUseAloneDecides() {
        assertThat(order(
                        record("seldom", 100, 10, 1, 1, null),
                        record("large", 1_000, 10, 1, 5, null),
                        record("often", 100, 10, 1, 6, null)))
                .containsExactly("seldom", "large", "often");
    }

    @Test
    void recordsOfNoSizeOrAgeHaveTheirPlace() {
        assertThat(order(aRecord("ageless").ofUnknownAge(), record("empty", 0, 10, 1, 5, 60)))
                .containsExactlyInAnyOrder("ageless", "empty");
    }

    /** The dear child goes before its cheap parent, or neither can. */
    @Test
    void deletesChildrenBeforeTheirParentsDespiteTheirCost() {
        var parent = record("parent", 100, 10, 5, 0, 1);
        var child = record("child", 100, 10, 0, 50, 900).on("parent");
        var other = record("other", 100, 10, 1, 5, 60);

        assertThat(order(parent, child, other)).containsExactly("other", "child", "parent");
    }

    @Test
    void stopsAtTheLimitAndReportsTheRebuildCost() {
        var dear = record("dear", 600, 10, 9, 5, 600);
        var cheap = record("cheap", 600, 10, 1, 5, 6);
        var rule = PruneRule.atMost(new ByteSize(700_000_000)).inOrder(CHEAPEST_TO_REBUILD);

        var proposal = propose(rule, dear, cheap);

        assertThat(proposal.deletions())
                .singleElement()
                .satisfies(deletion -> assertThat(deletion.reason().text())
                        .isEqualTo(
                                "Rule 1: cheapest to rebuild for its size and use (6 s) while 1.1 GiB exceeds the limit of"
                                        + " 667.6 MiB"));
        assertThat(proposal.kept())
                .singleElement()
                .satisfies(kept -> assertThat(kept.reason().text()).isEqualTo("Rule 1: within maxUsedSpace 667.6 MiB"));
    }

    @Test
    void sparesByAgeAsTheUsualOrderDoes() {
        var rule = PruneRule.atMost(new ByteSize(0))
                .andUnusedFor(Duration.ofDays(3))
                .inOrder(CHEAPEST_TO_REBUILD);

        var proposal = propose(rule, record("cheap", 100, 10, 2, 0, 1), record("dear", 100, 10, 4, 9, 900));

        assertThat(proposal.deletions())
                .extracting(deletion -> deletion.record().id())
                .containsExactly("dear");
    }

    /** Thirty projects over a month, in caches of a fiftieth to a fifth of all they ever made. */
    @ParameterizedTest
    @CsvSource({"1, 0.05", "1, 0.10", "1, 0.20", "2, 0.05", "2, 0.10", "3, 0.02", "3, 0.05", "3, 0.10", "3, 0.20"})
    void takesFewerMinutesOfRebuildThanOtherOrders(long seed, double share) {
        var trace = Traces.projects(seed, 30, 30);
        long capacity = (long) (size(trace) * share);
        double recent = EvictionReplay.minutesADay(trace, capacity, LEAST_RECENTLY_USED);
        double buildKit = EvictionReplay.minutesADay(trace, capacity, BUILDKIT);
        double cheapest = EvictionReplay.minutesADay(trace, capacity, CHEAPEST_TO_REBUILD);

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

    private List<String> order(CacheRecords... records) {
        var rule = PruneRule.atMost(ByteSize.ZERO).inOrder(CHEAPEST_TO_REBUILD);
        return propose(rule, records).deletions().stream()
                .map(deletion -> deletion.record().id())
                .toList();
    }

    private PruneProposal propose(PruneRule rule, CacheRecords... records) {
        return PrunePlanner.propose(
                List.of(records).stream().map(CacheRecords::record).toList(),
                null,
                rebuildTimes,
                List.of(rule),
                List.of(),
                LimitPerRun.ofShare(100),
                NOW);
    }

    private CacheRecords record(
            String id, long mega, int createdDaysAgo, int usedDaysAgo, long uses, @Nullable Integer rebuildSeconds) {
        if (rebuildSeconds != null) {
            rebuildTimes.put(id, Duration.ofSeconds(rebuildSeconds));
        }
        return aRecord(id)
                .megabytes(mega)
                .createdDaysAgo(createdDaysAgo)
                .usedDaysAgo(usedDaysAgo)
                .uses(uses);
    }
}
