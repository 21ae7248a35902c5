package dev.cachewarden.planner;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.Space;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BuildKit's arithmetic and order; that they are its own is proved on real engines elsewhere. */
class BuildKitPassTests {

    /** The vectors of BuildKit's own test of {@code calculateKeepBytes}. */
    @ParameterizedTest
    @CsvSource({
        "1000, 9000,    0,    0,    0,    0",
        "1000, 9000, 2000,    0,    0, 2000",
        "7000, 3000,    0,    0, 5000, 5000",
        "7000, 3000,    0, 6000, 5000, 6000",
        "7000, 3000, 4000, 2000, 5000, 4000",
        "4000, 2000, 2000,    0,    0, 2000",
        "4000, 2000,    0,    0, 5000, 1000",
        "4000, 2000,    0, 2000, 5000, 2000"
    })
    void keepsWhatBuildKitKeeps(long total, long free, long max, long reserved, long minFree, long keep) {
        var disk = new DiskSpace(new ByteSize(10_000), new ByteSize(free));
        var limits = new Limits(space(max), space(minFree), space(reserved));

        assertThat(BuildKitPass.keepBytes(limits, disk, 0, total)).isEqualTo(keep);
    }

    private static @Nullable Space space(long bytes) {
        return bytes == 0 ? null : Space.of(new ByteSize(bytes));
    }

    @Test
    void deletesUntilLessThanTheLimitIsUsed() {
        var records = List.of(
                aRecord("a").bytes(100).usedDaysAgo(3).record(),
                aRecord("b").bytes(100).usedDaysAgo(2).record(),
                aRecord("c").bytes(100).usedDaysAgo(1).record());

        assertThat(order(records, 200)).containsExactly("a", "b");
        assertThat(order(records, 201)).containsExactly("a");
        assertThat(order(records, 301)).isEmpty();
    }

    @Test
    void usesWeighAsMuchAsTheLastUse() {
        var records = List.of(
                aRecord("oldbutbusy").bytes(100).usedDaysAgo(9).uses(50).record(),
                aRecord("once").bytes(100).usedDaysAgo(5).uses(1).record(),
                aRecord("fresh").bytes(100).usedDaysAgo(1).uses(7).record());

        // Ranks of time 1, 2, 3 of 3; of uses 3, 1, 2 of 3: the sums are 4/3, 1, 5/3.
        assertThat(order(records, 1)).containsExactly("once", "oldbutbusy", "fresh");
    }

    @Test
    void recordNeverUsedHasNoProtectionByAge() {
        var records = List.of(aRecord("never").bytes(1).neverUsed().record());
        var rule = PruneRule.unusedFor(Duration.ofDays(300));

        assertThat(propose(records, rule.inOrder(EvictionOrder.BUILDKIT)).deletions())
                .hasSize(1);
        assertThat(propose(records, rule).deletions()).isEmpty();
    }

    @RepeatedTest(200)
    void deletesInTheOrderOfTheReferenceImplementation(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var records = new ArrayList<CacheRecord>();
        for (int i = 0; i < 1 + random.nextInt(60); i++) {
            var record = aRecord("r" + i)
                    .bytes(random.nextInt(100))
                    .usedDaysAgo(random.nextInt(12))
                    .uses(random.nextInt(6))
                    .on(random.nextInt(3) == 0 || i == 0 ? new String[0] : new String[] {"r" + random.nextInt(i)});
            records.add(random.nextInt(8) == 0 ? record.neverUsed().record() : record.record());
        }
        long keep = 1 + random.nextInt(1_500);

        assertThat(order(records, keep)).containsExactlyElementsOf(BuildKitReference.order(records, keep));
    }

    private static List<String> order(List<CacheRecord> records, long max) {
        var rule = PruneRule.atMost(new ByteSize(max))
                .selecting(Selection.ALL)
                .measuring(Measure.WHOLE_CACHE)
                .inOrder(EvictionOrder.BUILDKIT);
        return propose(records, rule).deletions().stream()
                .map(deletion -> deletion.record().id())
                .toList();
    }

    private static PruneProposal propose(List<CacheRecord> records, PruneRule rule) {
        return PrunePlanner.propose(records, List.of(rule), LimitPerRun.ofShare(100), NOW);
    }
}
