package dev.cachewarden.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.Durations;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.planner.EvictionOrder;
import dev.cachewarden.planner.Measure;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WholeCacheTests {

    private static final DiskSpace DISK = new DiskSpace(ByteSize.parse("100GiB"), ByteSize.parse("10GiB"));

    @ParameterizedTest
    @CsvSource(delimiter = '¦', nullValues = "-", textBlock = """
            # unused for, at most, free, down to
            -   ¦ 20GiB ¦ -     ¦ -    ¦ keeps at most 20.0 GiB                                                                                        ¦ 20GiB
            -   ¦ 15%   ¦ -     ¦ -    ¦ keeps at most 15% of the disk (15.0 GiB)                                                                     ¦ 15GiB
            -   ¦ 20GiB ¦ -     ¦ 5GiB ¦ keeps at most 20.0 GiB                                                                                        ¦ 20GiB
            1d  ¦ 20GiB ¦ -     ¦ -    ¦ keeps at most 20.0 GiB, except records used within 1 d                                                         ¦ 20GiB
            0s  ¦ 20GiB ¦ -     ¦ -    ¦ keeps at most 20.0 GiB                                                                                        ¦ 20GiB
            -   ¦ 20GiB ¦ 30GiB ¦ 5GiB ¦ keeps at most 20.0 GiB, or less to free 30.0 GiB of the disk, but keeps at least 5.0 GiB                      ¦ 20GiB
            -   ¦ -     ¦ 30GiB ¦ -    ¦ deletes records until 30.0 GiB of the disk is free                                                            ¦ -
            7d  ¦ -     ¦ 30GiB ¦ 5GiB ¦ deletes records until 30.0 GiB of the disk is free, but keeps at least 5.0 GiB, except records used within 7 d ¦ -
            -   ¦ -     ¦ -     ¦ 5GiB ¦ prunes down to 5.0 GiB                                                                                        ¦ 5GiB
            -   ¦ -     ¦ -     ¦ 5%   ¦ prunes down to 5% of the disk (5.0 GiB)                                                                      ¦ 5GiB
            14d ¦ -     ¦ -     ¦ 5GiB ¦ deletes records unused for 14 d, and stops at 5.0 GiB                                                          ¦ -
            14d ¦ -     ¦ -     ¦ -    ¦ deletes records unused for 14 d                                                                                ¦ -
            0s  ¦ -     ¦ -     ¦ -    ¦ deletes all records                                                                                           ¦ 0B
            """)
    void aRuleAboutAllLimitsTheWholeCache(
            @Nullable String age,
            @Nullable String max,
            @Nullable String free,
            @Nullable String reserved,
            String words,
            @Nullable String size) {
        var rule = rule(age, new Limits(space(max), space(free), space(reserved)));

        assertThat(WholeCache.limit(List.of(rule), null, DISK))
                .contains(new WholeCache(words, size == null ? null : ByteSize.parse(size)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', nullValues = "-", textBlock = """
            14d ¦ CACHE     ¦ 80GiB ¦ 60GiB ¦ prunes down to 60.0 GiB when the cache exceeds 80.0 GiB, except records used within 14 d       ¦ 60GiB
            0s  ¦ CACHE     ¦ 80%   ¦ 60%   ¦ prunes down to 60% of the disk (60.0 GiB) when the cache exceeds 80% of the disk (80.0 GiB) ¦ 60GiB
            0s  ¦ FREE_DISK ¦ 10GiB ¦ 30GiB ¦ deletes records until 30.0 GiB of the disk is free when less than 10.0 GiB is                 ¦ -
            """)
    void aRuleWithoutLimitsStopsAtTheLowWatermark(
            String age, Watermark.Of of, String start, String stop, String words, @Nullable String size) {
        var watermark = new Watermark(of, Space.parse(start), Space.parse(stop));

        assertThat(WholeCache.limit(List.of(rule(age, Limits.NONE)), watermark, DISK))
                .contains(new WholeCache(words, size == null ? null : ByteSize.parse(size)));
        assertThat(WholeCache.limit(List.of(PruneRule.atMost(new ByteSize(7))), watermark, DISK))
                .contains(new WholeCache("keeps at most 7 B", new ByteSize(7)));
    }

    @Test
    void shareOfAnUnknownDiskHasNoSize() {
        assertThat(WholeCache.limit(List.of(rule(null, new Limits(space("15%"), null, null))), null, null))
                .contains(new WholeCache("keeps at most 15% of the disk, which is unknown", null));
    }

    @Test
    void theTightestCountsAndRulesAboutSomeRecordsDoNot() {
        var loose = PruneRule.atMost(ByteSize.parse("30GiB"));
        var tight = PruneRule.atMost(ByteSize.parse("20GiB"));
        var some = PruneRule.atMost(ByteSize.parse("1GiB")).ofTypes(RecordType.SOURCE_LOCAL);
        var old = PruneRule.unusedFor(Durations.parse("1d"));

        assertThat(WholeCache.limit(List.of(some, old, loose, tight), null, DISK))
                .contains(new WholeCache("keeps at most 20.0 GiB", ByteSize.parse("20GiB")));
        assertThat(WholeCache.limit(List.of(tight, rule("0s", Limits.NONE), loose), null, DISK))
                .contains(new WholeCache("deletes all records", ByteSize.ZERO));
        assertThat(WholeCache.limit(List.of(some), null, DISK)).isEmpty();
    }

    private static PruneRule rule(@Nullable String age, Limits limits) {
        return new PruneRule(
                Selection.USUAL,
                age == null ? null : Durations.parse(age),
                limits,
                Measure.SELECTION,
                EvictionOrder.LEAST_RECENTLY_USED);
    }

    private static @Nullable Space space(@Nullable String text) {
        return text == null ? null : Space.parse(text);
    }
}
