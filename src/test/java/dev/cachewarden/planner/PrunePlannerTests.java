package dev.cachewarden.planner;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrunePlannerTests {

    private static final LimitPerRun ALL = LimitPerRun.ofShare(100);
    private static final PruneRule EVERYTHING = PruneRule.unusedFor(Duration.ZERO);

    /**
     * How far a cache of ten idle records of 1 MB, a0 the least recently used and a9 the last, is pruned by sizes: the situations of
     * BuildKit's own table of keepBytes, in our numbers and our meaning.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("sizes")
    void pruneByLeastRecentUseDownToTheLimit(String name, PruneRule rule, int expectedDeleted) {
        var records = Stream.iterate(0, i -> i + 1)
                .limit(10)
                .map(i -> aRecord("a" + i).usedDaysAgo(20 - i))
                .toList();

        var proposal = propose(records, rule);

        assertThat(ids(proposal))
                .containsExactlyElementsOf(Stream.iterate(0, i -> i + 1)
                        .limit(expectedDeleted)
                        .map(i -> "a" + i)
                        .toList());
    }

    static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of("no limit, no age asked: everything goes", EVERYTHING, 10),
                Arguments.of("well under the limit: nothing goes", max(20), 0),
                Arguments.of("exactly at the limit: nothing goes", max(10), 0),
                Arguments.of("one byte over the limit: one goes", PruneRule.atMost(new ByteSize(9_999_999)), 1),
                Arguments.of("over the limit: down to it", max(4), 6),
                Arguments.of(
                        "limit between two records: the whole record goes",
                        PruneRule.atMost(new ByteSize(4_500_000)),
                        6),
                Arguments.of("limit of zero: everything goes", max(0), 10),
                Arguments.of("reserved alone: down to it", PruneRule.reservedSpace(megabytes(3)), 7),
                Arguments.of(
                        "reserved alone, between two records: stops above it",
                        PruneRule.reservedSpace(new ByteSize(3_500_000)),
                        6),
                Arguments.of(
                        "reserved alone, more than there is: nothing goes", PruneRule.reservedSpace(megabytes(11)), 0),
                Arguments.of("limit with a lower floor: the limit decides", max(4).andReservedSpace(megabytes(2)), 6),
                Arguments.of("limit equal to the floor", max(4).andReservedSpace(megabytes(4)), 6),
                Arguments.of(
                        "limit that only a step below the floor would reach: stops at the floor",
                        PruneRule.atMost(new ByteSize(3_900_000)).andReservedSpace(new ByteSize(3_500_000)),
                        6),
                Arguments.of("age alone takes all that is older", PruneRule.unusedFor(Duration.ofDays(15)), 6),
                Arguments.of("age of exactly the last use: it goes", PruneRule.unusedFor(Duration.ofDays(20)), 1),
                Arguments.of(
                        "age of a second more: it stays",
                        PruneRule.unusedFor(Duration.ofDays(20).plusSeconds(1)),
                        0),
                Arguments.of(
                        "age with a floor: stops at the floor",
                        PruneRule.unusedFor(Duration.ofDays(15)).andReservedSpace(megabytes(7)),
                        3),
                Arguments.of("age spares what the limit would take", max(2).andUnusedFor(Duration.ofDays(18)), 3),
                Arguments.of("limit spares what the age would take", max(8).andUnusedFor(Duration.ofDays(12)), 2));
    }

    @Test
    void takeLeavesFirstAndAmongThoseTheLeastRecentlyUsed() {
        var records = List.of(
                aRecord("root").usedDaysAgo(90),
                aRecord("left").on("root").usedDaysAgo(50),
                aRecord("right").on("root").usedDaysAgo(60),
                aRecord("leaf").on("left").usedDaysAgo(30),
                aRecord("lone").usedDaysAgo(40));

        assertThat(ids(propose(records, EVERYTHING))).containsExactly("right", "lone", "leaf", "left", "root");
    }

    @Test
    void breakTiesByUsesThenSizeThenId() {
        var records = List.of(
                aRecord("d").uses(2),
                aRecord("c").megabytes(1),
                aRecord("b").megabytes(2),
                aRecord("a").megabytes(1));

        assertThat(ids(propose(records, EVERYTHING))).containsExactly("b", "a", "c", "d");
    }

    @Test
    void orderNeverUsedRecordsByCreation() {
        var records = List.of(
                aRecord("used").usedDaysAgo(5),
                aRecord("older").neverUsed().createdDaysAgo(6),
                aRecord("newer").neverUsed().createdDaysAgo(4),
                aRecord("dateless").ofUnknownAge());

        assertThat(ids(propose(records, EVERYTHING))).containsExactly("older", "used", "newer", "dateless");
    }

    @Test
    void countAParentNamedTwiceOnce() {
        var records = List.of(aRecord("p"), aRecord("c").on("p", "p"));

        assertThat(ids(propose(records, EVERYTHING))).containsExactly("c", "p");
    }

    @Test
    void surviveSizesThatAddUpToMoreThanALong() {
        var records = List.of(aRecord("a").bytes(Long.MAX_VALUE), aRecord("b").bytes(Long.MAX_VALUE));

        var proposal = propose(records, PruneRule.atMost(megabytes(1)));

        assertThat(ids(proposal)).containsExactly("a");
        assertThat(proposal.deletedAmount().size().bytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refuseASnapshotWithTwoRecordsOfOneId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> propose(List.of(aRecord("a"), aRecord("a")), EVERYTHING))
                .withMessage("The snapshot has two records with the ID a");
    }

    @Test
    void sumUpWhatGoesAndStays() {
        var proposal = propose(
                List.of(
                        aRecord("a").megabytes(3).usedDaysAgo(9),
                        aRecord("b").megabytes(4).usedDaysAgo(9).type(RecordType.SOURCE_LOCAL),
                        aRecord("c").megabytes(5).usedDaysAgo(1)),
                PruneRule.unusedFor(Duration.ofDays(7)));

        assertThat(proposal.deletedAmount().records()).isEqualTo(2);
        assertThat(proposal.deletedAmount().size()).isEqualTo(megabytes(7));
        assertThat(proposal.deletedByType()).containsOnlyKeys(RecordType.REGULAR, RecordType.SOURCE_LOCAL);
        assertThat(proposal.keptByReason().get("USED_WITHIN"))
                .isNotNull()
                .extracting(amount -> amount.size())
                .isEqualTo(megabytes(5));
    }

    @Test
    void doNotDependOnTheOrderOfTheReading() {
        var records = Stream.iterate(0, i -> i + 1)
                .limit(50)
                .map(i -> aRecord("r" + i).on("r" + i / 2 * 7 % 50 + "x").usedDaysAgo(i % 5))
                .map(CacheRecords::record)
                .toList();
        var reversed = records.reversed();

        var one = PrunePlanner.propose(records, List.of(max(20)), ALL, NOW);
        var other = PrunePlanner.propose(reversed, List.of(max(20)), ALL, NOW);

        assertThat(one).isEqualTo(other);
    }

    @Test
    void planAHundredThousandRecordsByTenRulesWithoutEffort() {
        var records = Stream.iterate(0, i -> i + 1)
                .limit(100_000)
                .map(i -> aRecord("r" + i)
                        .on(i % 10 == 0 ? new String[0] : new String[] {"r" + (i - 1)})
                        .usedAgo(Duration.ofMinutes(i * 7919L % 500_000))
                        .record())
                .toList();
        var rules = Collections.nCopies(10, max(50_000));

        assertThat(PrunePlanner.propose(records, rules, ALL, NOW)
                        .deletedAmount()
                        .records())
                .isEqualTo(50_000);
    }

    private static PruneProposal propose(List<CacheRecords> records, PruneRule... rules) {
        return PrunePlanner.propose(
                records.stream().map(CacheRecords::record).toList(), Arrays.asList(rules), ALL, NOW);
    }

    private static List<String> ids(PruneProposal proposal) {
        return proposal.deletions().stream()
                .map(deletion -> deletion.record().id())
                .toList();
    }

    static PruneRule max(long megabytes) {
        return PruneRule.atMost(megabytes(megabytes));
    }

    static ByteSize megabytes(long value) {
        return new ByteSize(value * 1_000_000);
    }
}
