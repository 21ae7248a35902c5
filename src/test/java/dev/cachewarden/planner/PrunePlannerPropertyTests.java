package dev.cachewarden.planner;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What must hold of every plan, tried on random caches and rules. The seed is the number of the repetition. */
class PrunePlannerPropertyTests {

    @RepeatedTest(300)
    void everyPlanIsSafe(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var records = RandomPlans.records(random);
        var rules = RandomPlans.rules(random);
        var limitPerRun = RandomPlans.limitPerRun(random);
        var disk = RandomPlans.disk(random);
        var pins = RandomPlans.pins(random);
        var times = RandomPlans.times(random);

        var proposal = PrunePlanner.propose(records, disk, times, rules, pins, limitPerRun, NOW);

        assertThat(proposal.deletions().size() + proposal.kept().size()).isEqualTo(records.size());
        assertThat(proposal.deletions()).allSatisfy(deletion -> {
            var rule = rules.get(deletion.reason().rule() - 1);
            assertThat(deletion.record().inUse()).isFalse();
            assertThat(deletion.record().shared() && !rule.selection().includeShared())
                    .isFalse();
            assertThat(rule.selection().predicate()).accepts(deletion.record());
            assertThat(pins).noneMatch(pin -> pin.predicate().test(deletion.record()));
            assertThat(disk == null && rule.limits().needDisk()).isFalse();
        });
        assertThat(proposal.deletedAmount().size()).isLessThanOrEqualTo(proposal.limitPerRun());
        assertClosedDownwards(proposal, records);
        assertSparesByAge(proposal, rules);
        var shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, random);
        assertThat(PrunePlanner.propose(shuffled, disk, times, rules, pins, limitPerRun, NOW))
                .isEqualTo(proposal);
    }

    /** A plan held against the very cache it was made from has nothing to pass over. */
    @RepeatedTest(100)
    void anUnchangedCacheShowsNoDrift(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var records = RandomPlans.records(random);
        var proposal = PrunePlanner.propose(
                records,
                RandomPlans.disk(random),
                RandomPlans.times(random),
                RandomPlans.rules(random),
                RandomPlans.pins(random),
                RandomPlans.limitPerRun(random),
                NOW);
        var planned = proposal.deletions().stream()
                .map(deletion -> PlannedRecord.of(deletion.record()))
                .toList();

        var check = DriftCheck.of(planned, records, List.of());

        assertThat(check.kept()).isEmpty();
        assertThat(check.deletions()).isEqualTo(planned);
    }

    private static void assertClosedDownwards(PruneProposal proposal, List<CacheRecord> records) {
        var deleted = new HashSet<String>();
        for (var deletion : proposal.deletions()) {
            assertThat(records)
                    .filteredOn(record ->
                            record.parents().contains(deletion.record().id()))
                    .allMatch(child -> deleted.contains(child.id()));
            deleted.add(deletion.record().id());
        }
    }

    private static void assertSparesByAge(PruneProposal proposal, List<PruneRule> rules) {
        for (var deletion : proposal.deletions()) {
            var rule = rules.get(deletion.reason().rule() - 1);
            var unusedFor = rule.unusedFor();
            boolean buildKit = rule.order() == EvictionOrder.BUILDKIT;
            // BuildKit's own age spares nothing that was never used.
            var touched = buildKit
                    ? deletion.record().lastUsedAt()
                    : deletion.record().lastTouchedAt();
            if (unusedFor != null && !unusedFor.isZero() && !(buildKit && touched == null)) {
                assertThat(touched).isNotNull().isBeforeOrEqualTo(NOW.minus(unusedFor));
            }
        }
    }
}
