package dev.cachewarden.prune.plan;

import static dev.cachewarden.prune.plan.CacheRecords.NOW;
import static dev.cachewarden.prune.plan.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.RecordType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrunePlannerTests {

    private static final Ceiling ALL = Ceiling.ofShare(100);
    private static final PruneRule EVERYTHING = PruneRule.unusedFor(Duration.ZERO);

    /**
     * How far a cache of ten idle records of 1 MB, a0 the least recently used and a9 the last, is pruned by sizes: the situations of
     * BuildKit's own table of keepBytes, in our numbers and our meaning.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("sizes")
    void pruneByLeastRecentUseDownToTheLimit(String name, PruneRule rule, int expectedGone) {
        var records = Stream.iterate(0, i -> i + 1)
                .limit(10)
                .map(i -> aRecord("a" + i).usedDaysAgo(20 - i))
                .toList();

        var proposal = propose(records, rule);

        assertThat(ids(proposal))
                .containsExactlyElementsOf(Stream.iterate(0, i -> i + 1)
                        .limit(expectedGone)
                        .map(i -> "a" + i)
                        .toList());
    }

    static Stream<Arguments> sizes() {
        return Stream.of(
                Arguments.of("no limit, no age asked: everything goes", EVERYTHING, 10),
                Arguments.of("well under the limit: nothing goes", max(20), 0),
                Arguments.of("exactly at the limit: nothing goes", max(10), 0),
                Arguments.of("one byte over the limit: one goes", PruneRule.maxUsedSpace(new ByteSize(9_999_999)), 1),
                Arguments.of("over the limit: down to it", max(4), 6),
                Arguments.of(
                        "limit between two records: the whole record goes",
                        PruneRule.maxUsedSpace(new ByteSize(4_500_000)),
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
                        PruneRule.maxUsedSpace(new ByteSize(3_900_000)).andReservedSpace(new ByteSize(3_500_000)),
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

    @ParameterizedTest(name = "{0}")
    @MethodSource("reasons")
    void tellForEveryRecordWhyItGoesOrStays(
            String name,
            List<CacheRecords> records,
            List<PruneRule> rules,
            Ceiling ceiling,
            Map<String, String> expected) {
        var proposal =
                PrunePlanner.propose(records.stream().map(CacheRecords::record).toList(), rules, ceiling, NOW);

        assertThat(reasons(proposal)).isEqualTo(expected);
    }

    static Stream<Arguments> reasons() {
        var week = PruneRule.unusedFor(Duration.ofDays(7));
        return Stream.of(
                reasons(
                        "an idle record goes by age, one used lately stays",
                        List.of(aRecord("old").usedDaysAgo(16), aRecord("new").usedDaysAgo(2)),
                        List.of(week),
                        "old",
                        "Rule 1: unused for 16d, at least 7d",
                        "new",
                        "Rule 1: used within 7d"),
                reasons(
                        "never used counts from creation",
                        List.of(
                                aRecord("old").neverUsed().createdDaysAgo(8),
                                aRecord("new").neverUsed().createdDaysAgo(1)),
                        List.of(week),
                        "old",
                        "Rule 1: unused for 8d, at least 7d",
                        "new",
                        "Rule 1: used within 7d"),
                reasons(
                        "without any date an age cannot be told",
                        List.of(aRecord("a").ofUnknownAge()),
                        List.of(week),
                        "a",
                        "Rule 1: the builder does not tell when it was last used or made"),
                reasons(
                        "without any date everything means this one too",
                        List.of(aRecord("a").ofUnknownAge()),
                        List.of(EVERYTHING),
                        "a",
                        "Rule 1: takes everything"),
                reasons(
                        "a use in the future is a recent use",
                        List.of(aRecord("a").usedDaysAgo(-3)),
                        List.of(week),
                        "a",
                        "Rule 1: used within 7d"),
                reasons(
                        "in use and shared records stay whatever the rule",
                        List.of(
                                aRecord("use").inUse(),
                                aRecord("image").shared(),
                                aRecord("both").inUse().shared()),
                        List.of(EVERYTHING),
                        "use",
                        "In use by a running build",
                        "image",
                        "Shared with an image; deleting it would free nothing",
                        "both",
                        "In use by a running build"),
                reasons(
                        "a record whose id could widen a filter stays",
                        List.of(aRecord("a|b"), aRecord("fine")),
                        List.of(EVERYTHING),
                        "a|b",
                        "Its id is none that BuildKit makes; it cannot be named safely",
                        "fine",
                        "Rule 1: takes everything"),
                reasons(
                        "internal and frontend records go only where named",
                        List.of(
                                aRecord("i").type(RecordType.INTERNAL),
                                aRecord("f").type(RecordType.FRONTEND)),
                        List.of(EVERYTHING.ofTypes(RecordType.INTERNAL)),
                        "i",
                        "Rule 1: takes everything",
                        "f",
                        "Records of type frontend go only where a rule names the type"),
                reasons(
                        "a type that no rule names is not looked at",
                        List.of(aRecord("a"), aRecord("m").type(RecordType.EXEC_CACHEMOUNT)),
                        List.of(EVERYTHING.ofTypes(RecordType.EXEC_CACHEMOUNT)),
                        "a",
                        "No rule looks at it",
                        "m",
                        "Rule 1: takes everything"),
                reasons(
                        "a parent is held by a child that stays, and so is its parent",
                        List.of(
                                aRecord("root"),
                                aRecord("mid").on("root"),
                                aRecord("leaf").on("mid").usedDaysAgo(1)),
                        List.of(week),
                        "root",
                        "Rule 1: held by its child mid, which stays",
                        "mid",
                        "Rule 1: held by its child leaf, which stays",
                        "leaf",
                        "Rule 1: used within 7d"),
                reasons(
                        "a child in use holds its parent",
                        List.of(aRecord("p"), aRecord("c").on("p").inUse()),
                        List.of(EVERYTHING),
                        "p",
                        "Rule 1: held by its child c, which stays",
                        "c",
                        "In use by a running build"),
                reasons(
                        "a child that goes by a later rule frees its parent too late",
                        List.of(aRecord("p"), aRecord("c").on("p").type(RecordType.EXEC_CACHEMOUNT)),
                        List.of(EVERYTHING.ofTypes(RecordType.REGULAR), EVERYTHING.ofTypes(RecordType.EXEC_CACHEMOUNT)),
                        "p",
                        "Rule 1: its child c goes by a later rule, so it can go in the next run",
                        "c",
                        "Rule 2: takes everything"),
                reasons(
                        "the limit takes the least recently used and spares the rest",
                        List.of(aRecord("a").usedDaysAgo(3), aRecord("b").usedDaysAgo(2)),
                        List.of(max(1)),
                        "a",
                        "Rule 1: least recently used while 1.9 MiB are more than 976.6 KiB",
                        "b",
                        "Rule 1: within maxUsedSpace 976.6 KiB"),
                reasons(
                        "shared bytes do not count towards a limit, those in use do",
                        List.of(
                                aRecord("image").megabytes(50).shared(),
                                aRecord("use").megabytes(2).inUse(),
                                aRecord("a").usedDaysAgo(3),
                                aRecord("b")),
                        List.of(max(3)),
                        "image",
                        "Shared with an image; deleting it would free nothing",
                        "use",
                        "In use by a running build",
                        "a",
                        "Rule 1: within maxUsedSpace 2.9 MiB",
                        "b",
                        "Rule 1: least recently used while 3.8 MiB are more than 2.9 MiB"),
                reasons(
                        "the floor keeps what comes after it too, however small",
                        List.of(
                                aRecord("a").megabytes(3).usedDaysAgo(9),
                                aRecord("b").bytes(1).usedDaysAgo(8)),
                        List.of(PruneRule.reservedSpace(megabytes(2))),
                        "a",
                        "Rule 1: needed for the reserved space of 1.9 MiB",
                        "b",
                        "Rule 1: needed for the reserved space of 1.9 MiB"),
                reasons(
                        "reserved alone names its own limit",
                        List.of(aRecord("a").usedDaysAgo(3), aRecord("b").usedDaysAgo(2)),
                        List.of(PruneRule.reservedSpace(megabytes(1))),
                        "a",
                        "Rule 1: least recently used while 1.9 MiB are more than the reserved 976.6 KiB",
                        "b",
                        "Rule 1: needed for the reserved space of 976.6 KiB"),
                Arguments.of(
                        "the ceiling stops all rules, even before a smaller record",
                        List.of(
                                aRecord("a").usedDaysAgo(9),
                                aRecord("b").megabytes(5).usedDaysAgo(8),
                                aRecord("c").usedDaysAgo(1)),
                        List.of(week, EVERYTHING),
                        Ceiling.ofBytes(megabytes(3)),
                        Map.of(
                                "a", "Rule 1: unused for 9d, at least 7d",
                                "b", "Rule 1: the ceiling of 2.9 MiB a run is reached",
                                "c", "Rule 2: the ceiling of 2.9 MiB a run is reached")),
                reasons(
                        "of several obstacles the nearest to going is told",
                        List.of(aRecord("a").usedDaysAgo(1)),
                        List.of(week, max(5)),
                        "a",
                        "Rule 2: within maxUsedSpace 4.8 MiB"),
                reasons(
                        "rules work on what those before them left",
                        List.of(
                                aRecord("a").usedDaysAgo(9),
                                aRecord("b").usedDaysAgo(3),
                                aRecord("c").usedDaysAgo(2)),
                        List.of(week, max(1)),
                        "a",
                        "Rule 1: unused for 9d, at least 7d",
                        "b",
                        "Rule 2: least recently used while 1.9 MiB are more than 976.6 KiB",
                        "c",
                        "Rule 2: within maxUsedSpace 976.6 KiB"),
                reasons("no rule takes nothing", List.of(aRecord("a")), List.of(), "a", "No rule looks at it"),
                reasons(
                        "a parent that is not in the reading holds nothing up",
                        List.of(aRecord("a").on("elsewhere")),
                        List.of(EVERYTHING),
                        "a",
                        "Rule 1: takes everything"),
                reasons(
                        "records that build on each other stay, and so does what they build on",
                        List.of(
                                aRecord("a").on("b"),
                                aRecord("b").on("a"),
                                aRecord("root"),
                                aRecord("self").on("self", "root")),
                        List.of(EVERYTHING),
                        "a",
                        "Rule 1: held by its child b, which stays",
                        "b",
                        "Rule 1: held by its child a, which stays",
                        "self",
                        "Rule 1: held by its child self, which stays",
                        "root",
                        "Rule 1: held by its child self, which stays"));
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

        var proposal = propose(records, PruneRule.maxUsedSpace(megabytes(1)));

        assertThat(ids(proposal)).containsExactly("a");
        assertThat(proposal.going().size().bytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void refuseASnapshotWithTwoRecordsOfOneId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> propose(List.of(aRecord("a"), aRecord("a")), EVERYTHING))
                .withMessage("The snapshot has two records with the id a");
    }

    @Test
    void sumUpWhatGoesAndStays() {
        var proposal = propose(
                List.of(
                        aRecord("a").megabytes(3).usedDaysAgo(9),
                        aRecord("b").megabytes(4).usedDaysAgo(9).type(RecordType.SOURCE_LOCAL),
                        aRecord("c").megabytes(5).usedDaysAgo(1)),
                PruneRule.unusedFor(Duration.ofDays(7)));

        assertThat(proposal.going().records()).isEqualTo(2);
        assertThat(proposal.going().size()).isEqualTo(megabytes(7));
        assertThat(proposal.goingByType()).containsOnlyKeys(RecordType.REGULAR, RecordType.SOURCE_LOCAL);
        assertThat(proposal.stayingByReason().get("USED_WITHIN"))
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

        assertThat(PrunePlanner.propose(records, rules, ALL, NOW).going().records())
                .isEqualTo(50_000);
    }

    private static Arguments reasons(
            String name, List<CacheRecords> records, List<PruneRule> rules, String... expected) {
        var byId = new HashMap<String, String>();
        for (int i = 0; i < expected.length; i += 2) {
            byId.put(expected[i], expected[i + 1]);
        }
        return Arguments.of(name, records, rules, ALL, byId);
    }

    private static PruneProposal propose(List<CacheRecords> records, PruneRule... rules) {
        return PrunePlanner.propose(
                records.stream().map(CacheRecords::record).toList(), Arrays.asList(rules), ALL, NOW);
    }

    private static List<String> ids(PruneProposal proposal) {
        return proposal.goes().stream().map(going -> going.record().id()).toList();
    }

    private static Map<String, String> reasons(PruneProposal proposal) {
        var reasons = new HashMap<String, String>();
        proposal.goes()
                .forEach(
                        going -> reasons.put(going.record().id(), going.reason().text()));
        proposal.stays()
                .forEach(staying ->
                        reasons.put(staying.record().id(), staying.reason().text()));
        return reasons;
    }

    private static PruneRule max(long megabytes) {
        return PruneRule.maxUsedSpace(megabytes(megabytes));
    }

    private static ByteSize megabytes(long value) {
        return new ByteSize(value * 1_000_000);
    }
}
