package dev.cachewarden.planner;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static dev.cachewarden.planner.PrunePlannerTests.max;
import static dev.cachewarden.planner.PrunePlannerTests.megabytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.RecordType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record of a snapshot gets one reason, and these are the words a person reads. */
class PruneReasonsTests {

    private static final LimitPerRun ALL = LimitPerRun.ofShare(100);
    private static final PruneRule EVERYTHING = PruneRule.unusedFor(Duration.ZERO);

    @ParameterizedTest(name = "{0}")
    @MethodSource("reasons")
    void givesEveryRecordAReason(
            String name,
            List<CacheRecords> records,
            List<PruneRule> rules,
            LimitPerRun limitPerRun,
            Map<String, String> expected) {
        var proposal =
                PrunePlanner.propose(records.stream().map(CacheRecords::record).toList(), rules, limitPerRun, NOW);

        assertThat(reasons(proposal)).isEqualTo(expected);
    }

    static Stream<Arguments> reasons() {
        var week = PruneRule.unusedFor(Duration.ofDays(7));
        return Stream.of(
                reasons(
                        "deletes an idle record, keeps a recently used one",
                        List.of(aRecord("old").usedDaysAgo(16), aRecord("new").usedDaysAgo(2)),
                        List.of(week),
                        "old",
                        "Rule 1: unused for 16 d (the rule requires 7 d)",
                        "new",
                        "Rule 1: used within 7 d"),
                reasons(
                        "never used counts from creation",
                        List.of(
                                aRecord("old").neverUsed().createdDaysAgo(8),
                                aRecord("new").neverUsed().createdDaysAgo(1)),
                        List.of(week),
                        "old",
                        "Rule 1: unused for 8 d (the rule requires 7 d)",
                        "new",
                        "Rule 1: used within 7 d"),
                reasons(
                        "without any date the age is unknown",
                        List.of(aRecord("a").ofUnknownAge()),
                        List.of(week),
                        "a",
                        "Rule 1: the builder does not report when it was last used or created"),
                reasons(
                        "a rule for everything includes a record without any date",
                        List.of(aRecord("a").ofUnknownAge()),
                        List.of(EVERYTHING),
                        "a",
                        "Rule 1: deletes everything"),
                reasons(
                        "a use in the future is a recent use",
                        List.of(aRecord("a").usedDaysAgo(-3)),
                        List.of(week),
                        "a",
                        "Rule 1: used within 7 d"),
                reasons(
                        "keeps records in use and shared records under any rule",
                        List.of(
                                aRecord("use").inUse(),
                                aRecord("image").shared(),
                                aRecord("both").inUse().shared()),
                        List.of(EVERYTHING),
                        "use",
                        "In use by a running build",
                        "image",
                        "Shared with an image, so deleting it would free no space",
                        "both",
                        "In use by a running build"),
                reasons(
                        "a record whose id could widen a filter stays",
                        List.of(aRecord("a|b"), aRecord("fine")),
                        List.of(EVERYTHING),
                        "a|b",
                        "Its ID does not have the format of BuildKit, so it cannot be deleted safely",
                        "fine",
                        "Rule 1: deletes everything"),
                reasons(
                        "internal and frontend records go only where named",
                        List.of(
                                aRecord("i").type(RecordType.INTERNAL),
                                aRecord("f").type(RecordType.FRONTEND)),
                        List.of(EVERYTHING.ofTypes(RecordType.INTERNAL)),
                        "i",
                        "Rule 1: deletes everything",
                        "f",
                        "Records of type frontend are deleted only if a rule names the type or includes internal records"),
                reasons(
                        "a type that no rule names is not looked at",
                        List.of(aRecord("a"), aRecord("m").type(RecordType.EXEC_CACHEMOUNT)),
                        List.of(EVERYTHING.ofTypes(RecordType.EXEC_CACHEMOUNT)),
                        "a",
                        "No rule selects it",
                        "m",
                        "Rule 1: deletes everything"),
                reasons(
                        "a parent is held by a child that stays, and so is its parent",
                        List.of(
                                aRecord("root"),
                                aRecord("mid").on("root"),
                                aRecord("leaf").on("mid").usedDaysAgo(1)),
                        List.of(week),
                        "root",
                        "Rule 1: its child mid stays",
                        "mid",
                        "Rule 1: its child leaf stays",
                        "leaf",
                        "Rule 1: used within 7 d"),
                reasons(
                        "a child in use holds its parent",
                        List.of(aRecord("p"), aRecord("c").on("p").inUse()),
                        List.of(EVERYTHING),
                        "p",
                        "Rule 1: its child c stays",
                        "c",
                        "In use by a running build"),
                reasons(
                        "a child that goes by a later rule frees its parent too late",
                        List.of(aRecord("p"), aRecord("c").on("p").type(RecordType.EXEC_CACHEMOUNT)),
                        List.of(EVERYTHING.ofTypes(RecordType.REGULAR), EVERYTHING.ofTypes(RecordType.EXEC_CACHEMOUNT)),
                        "p",
                        "Rule 1: a later rule deletes its child c, so the next run can delete it",
                        "c",
                        "Rule 2: deletes everything"),
                reasons(
                        "the limit takes the least recently used and spares the rest",
                        List.of(aRecord("a").usedDaysAgo(3), aRecord("b").usedDaysAgo(2)),
                        List.of(max(1)),
                        "a",
                        "Rule 1: least recently used while 1.9 MiB exceeds the limit of 976.6 KiB",
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
                        "Shared with an image, so deleting it would free no space",
                        "use",
                        "In use by a running build",
                        "a",
                        "Rule 1: within maxUsedSpace 2.9 MiB",
                        "b",
                        "Rule 1: least recently used while 3.8 MiB exceeds the limit of 2.9 MiB"),
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
                        "Rule 1: least recently used while 1.9 MiB exceeds the reserved 976.6 KiB",
                        "b",
                        "Rule 1: needed for the reserved space of 976.6 KiB"),
                Arguments.of(
                        "the limitPerRun stops all rules, even before a smaller record",
                        List.of(
                                aRecord("a").usedDaysAgo(9),
                                aRecord("b").megabytes(5).usedDaysAgo(8),
                                aRecord("c").usedDaysAgo(1)),
                        List.of(week, EVERYTHING),
                        LimitPerRun.ofBytes(megabytes(3)),
                        Map.of(
                                "a", "Rule 1: unused for 9 d (the rule requires 7 d)",
                                "b", "Rule 1: the limit per run of 2.9 MiB is reached",
                                "c", "Rule 2: the limit per run of 2.9 MiB is reached")),
                reasons(
                        "gives the reason that is closest to deletion",
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
                        "Rule 1: unused for 9 d (the rule requires 7 d)",
                        "b",
                        "Rule 2: least recently used while 1.9 MiB exceeds the limit of 976.6 KiB",
                        "c",
                        "Rule 2: within maxUsedSpace 976.6 KiB"),
                reasons("no rule takes nothing", List.of(aRecord("a")), List.of(), "a", "No rule selects it"),
                reasons(
                        "a parent that is not in the reading holds nothing up",
                        List.of(aRecord("a").on("elsewhere")),
                        List.of(EVERYTHING),
                        "a",
                        "Rule 1: deletes everything"),
                reasons(
                        "records that build on each other stay, and so does what they build on",
                        List.of(
                                aRecord("a").on("b"),
                                aRecord("b").on("a"),
                                aRecord("root"),
                                aRecord("self").on("self", "root")),
                        List.of(EVERYTHING),
                        "a",
                        "Rule 1: its child b stays",
                        "b",
                        "Rule 1: its child a stays",
                        "self",
                        "Rule 1: its child self stays",
                        "root",
                        "Rule 1: its child self stays"));
    }

    private static Arguments reasons(
            String name, List<CacheRecords> records, List<PruneRule> rules, String... expected) {
        var byId = new HashMap<String, String>();
        for (int i = 0; i < expected.length; i += 2) {
            byId.put(expected[i], expected[i + 1]);
        }
        return Arguments.of(name, records, rules, ALL, byId);
    }

    private static Map<String, String> reasons(PruneProposal proposal) {
        var reasons = new HashMap<String, String>();
        proposal.deletions()
                .forEach(deletion ->
                        reasons.put(deletion.record().id(), deletion.reason().text()));
        proposal.kept()
                .forEach(kept -> reasons.put(kept.record().id(), kept.reason().text()));
        return reasons;
    }
}
