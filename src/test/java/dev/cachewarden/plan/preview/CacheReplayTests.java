package dev.cachewarden.plan.preview;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.history.Past;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.RecordLife.DeletionCause;
import dev.cachewarden.history.UsageHistory.RecordUse;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.planner.CacheRecords;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.policy.store.StartTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CacheReplayTests {

    private static final BuilderId BUILDER = new BuilderId(1);
    private static final Instant FROM = NOW.minus(Duration.ofDays(10));

    /** One start each midnight, so to say. */
    private static final List<Instant> DAILY =
            IntStream.rangeClosed(1, 10).mapToObj(CacheReplayTests::day).toList();

    private static Instant day(double days) {
        return FROM.plus(Duration.ofMinutes(Math.round(days * 24 * 60)));
    }

    private static RecordLife life(CacheRecords record, Instant firstSeen, @Nullable Instant deleted) {
        return new RecordLife(
                BUILDER,
                record.record(),
                firstSeen,
                firstSeen,
                deleted,
                deleted == null ? null : DeletionCause.UNKNOWN,
                null);
    }

    private static RecordUse use(double day, long count) {
        return new RecordUse(day(day), day(day), count);
    }

    private static ReplayReport replay(Past past, PruneRule... rules) {
        return new CacheReplay(past, Map.of(), List.of(rules), List.of(), LimitPerRun.ofShare(100))
                .run(BUILDER, FROM, NOW, new StartTimes(DAILY, false), 11);
    }

    @Test
    void reportsDeletedRecordsAndThoseUsedAgain() {
        var idle = life(aRecord("idle").megabytes(5).createdDaysAgo(10), FROM, null);
        var busy = life(aRecord("busy").megabytes(7).createdDaysAgo(10), FROM, null);
        var past = new Past(
                List.of(idle, busy), Map.of("idle", List.of(use(0.5, 1)), "busy", List.of(use(0.5, 1), use(6.2, 2))));

        var report = replay(past, PruneRule.unusedFor(Duration.ofDays(3)));

        assertThat(report.starts()).isEqualTo(10);
        // Both at the start of day 4; busy once more on day 10, having been used on day 6.
        assertThat(report.pruned()).isEqualTo(new Amount(3, new ByteSize(19_000_000)));
        assertThat(report.misses().missed()).isEqualTo(new Amount(1, new ByteSize(7_000_000)));
        assertThat(report.misses().worst())
                .containsExactly(
                        new ReplayReport.Missed("busy", "step busy", new ByteSize(7_000_000), day(4), day(6.2)));
    }

    @Test
    void pointsShowTheCacheWithAndWithout() {
        var past = new Past(
                List.of(
                        life(aRecord("old").megabytes(5).createdDaysAgo(10), FROM, null),
                        life(aRecord("left").megabytes(2).createdDaysAgo(10), FROM, day(2.5))),
                Map.of("old", List.of(use(0.5, 1)), "left", List.of(use(2.4, 1))));

        var points = replay(past, PruneRule.unusedFor(Duration.ofDays(3))).points();

        assertThat(points).hasSize(11);
        assertThat(points.get(2).without()).isEqualTo(new ByteSize(7_000_000));
        assertThat(points.get(2).with()).isEqualTo(new ByteSize(7_000_000));
        assertThat(points.get(6).without()).isEqualTo(new ByteSize(5_000_000));
        assertThat(points.get(6).with()).isEqualTo(ByteSize.ZERO);
    }

    @Test
    void whatTheMissedOneBuildsOnIsMadeAlong() {
        var past = new Past(
                List.of(
                        life(aRecord("base").megabytes(3).createdDaysAgo(10), FROM, null),
                        life(aRecord("leaf").megabytes(1).createdDaysAgo(10).on("base"), FROM, null)),
                Map.of("base", List.of(use(0.1, 1)), "leaf", List.of(use(0.2, 1), use(8.5, 2))));

        var report = replay(past, PruneRule.unusedFor(Duration.ofDays(2)));

        assertThat(report.misses().missed()).isEqualTo(new Amount(1, new ByteSize(1_000_000)));
        assertThat(report.misses().missingParents()).isEqualTo(new Amount(1, new ByteSize(3_000_000)));
    }

    @Test
    void recordExistsOnlyBetweenFirstSeenAndRemoval() {
        var past = new Past(List.of(life(aRecord("short").createdDaysAgo(9), day(2.1), day(2.9))), Map.of());

        assertThat(replay(past, PruneRule.unusedFor(Duration.ZERO)).pruned()).isEqualTo(Amount.NONE);
    }

    @Test
    void limitPerRunHoldsForEachStart() {
        var past = new Past(
                IntStream.range(0, 10)
                        .mapToObj(i -> life(aRecord("r" + i).megabytes(1).createdDaysAgo(20), FROM, null))
                        .toList(),
                Map.of());
        var replay = new CacheReplay(
                past,
                Map.of(),
                List.of(PruneRule.unusedFor(Duration.ZERO)),
                List.of(),
                LimitPerRun.ofBytes(new ByteSize(2_000_000)));

        assertThat(replay.run(BUILDER, FROM, NOW, new StartTimes(DAILY.subList(0, 3), true), 2)
                        .pruned()
                        .records())
                .isEqualTo(6);
    }

    @Test
    void reportsTheRebuildTimeOfMissedRecords() {
        var base = life(aRecord("base").megabytes(5).createdDaysAgo(20).neverUsed(), FROM, null);
        var top = life(aRecord("top").megabytes(7).createdDaysAgo(20).on("base"), FROM, null);
        var other = life(aRecord("other").megabytes(7).createdDaysAgo(20), FROM, null);
        var past =
                new Past(List.of(base, top, other), Map.of("top", List.of(use(6.2, 2)), "other", List.of(use(7.1, 2))));
        var times = Map.of("base", Duration.ofSeconds(50), "top", Duration.ofSeconds(7));

        var report = new CacheReplay(
                        past, times, List.of(PruneRule.unusedFor(Duration.ZERO)), List.of(), LimitPerRun.ofShare(100))
                .run(BUILDER, FROM, NOW, new StartTimes(DAILY.subList(0, 3), false), 2);

        assertThat(report.misses().missed().records()).isEqualTo(2);
        assertThat(report.misses().missingParents().records()).isEqualTo(1);
        assertThat(report.misses().rebuild()).isEqualTo(Duration.ofSeconds(57));
        assertThat(report.misses().rebuildsUnknown()).isEqualTo(1);
    }
}
