package dev.cachewarden.plan.preview;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.plan.preview.PolicyPreview.Sample;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.planner.PrunePlanner;
import dev.cachewarden.planner.PruneProposal;
import dev.cachewarden.planner.RandomPlans;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.SettableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** A preview adds up what plans list, tried on random caches and rules. The seed is the number of the repetition. */
class PreviewSumsTests {

    private final FakeFleet fleet = new FakeFleet(new SettableClock(NOW));

    @RepeatedTest(300)
    void packedRecordsArePlannedAsRecordsAre(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var records = RandomPlans.records(random);
        var disk = RandomPlans.disk(random);
        var times = RandomPlans.times(random);
        var rules = RandomPlans.rules(random);
        var pins = pins(random);
        var limitPerRun = RandomPlans.limitPerRun(random);

        var decisions = PrunePlanner.decide(
                PackedSnapshot.of(records).unpacked(true), disk, times, rules, pins, limitPerRun, NOW);

        var proposal = PrunePlanner.propose(records, disk, times, rules, pins, limitPerRun, NOW);
        assertThat(decisions.proposal()).isEqualTo(proposal);
        assertThat(decisions.deletedAmount()).isEqualTo(proposal.deletedAmount());
        var sums = HostSums.of(host(1), decisions, new HostSums.Bars());
        assertThat(sums.deletedAmount()).isEqualTo(proposal.deletedAmount());
        assertThat(sums.keptAmount()).isEqualTo(proposal.keptAmount());
        assertThat(sums.byType).isEqualTo(proposal.deletedByType());
        assertThat(sums.keptByReason).isEqualTo(proposal.keptByReason());
    }

    @RepeatedTest(100)
    void samplesAreTheLargestOfAllHosts(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var rules = RandomPlans.rules(random);
        var limitPerRun = RandomPlans.limitPerRun(random);
        var bars = new HostSums.Bars();
        var all = new HostSums();
        var proposals = new ArrayList<PruneProposal>();
        for (int host = 1; host <= 4; host++) {
            var records = RandomPlans.records(random);
            var cache = PackedSnapshot.of(records).unpacked(false);
            var decisions =
                    PrunePlanner.decide(cache, null, RandomPlans.times(random), rules, List.of(), limitPerRun, NOW);
            proposals.add(decisions.proposal());
            all.add(HostSums.of(host(host), decisions, bars));
        }

        assertThat(all.deleted())
                .extracting(Sample::bytes)
                .isEqualTo(largest(proposals.stream()
                        .flatMap(one -> one.deletions().stream().map(PruneProposal.Deletion::record))));
        assertThat(all.kept())
                .extracting(Sample::bytes)
                .isEqualTo(largest(
                        proposals.stream().flatMap(one -> one.kept().stream().map(PruneProposal.Kept::record))));
    }

    @Test
    void onlySizesBelowTheLargestAreTurnedAway() {
        var sizes = new LargestSizes(2);

        assertThat(Stream.of(5L, 3L, 2L, 3L, 7L, 4L, 5L, 9L).map(sizes::admits))
                .containsExactly(true, true, false, true, true, false, true, true);
    }

    private WatchedHost host(long id) {
        fleet.add(id, "engine-" + id);
        return fleet.find(new HostId(id)).orElseThrow();
    }

    private static List<Long> largest(Stream<CacheRecord> records) {
        return records.map(record -> record.size().bytes())
                .sorted((one, other) -> Long.compare(other, one))
                .limit(20)
                .toList();
    }

    private static List<Filter> pins(Random random) {
        return random.nextBoolean()
                ? RandomPlans.pins(random)
                : List.of(Filter.parse("description~=step r[0-9]*3"), Filter.parse("type==source.local"));
    }
}
