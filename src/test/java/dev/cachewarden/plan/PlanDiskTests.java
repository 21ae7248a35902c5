package dev.cachewarden.plan;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.buildcache.Limits;
import dev.cachewarden.buildcache.Space;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.planner.CacheGraph;
import dev.cachewarden.planner.LimitPerRun;
import dev.cachewarden.planner.PruneProposal;
import dev.cachewarden.planner.PruneRule;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.store.PolicyParts;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which disk a plan is worked out for, and what comes of one that is not known. */
class PlanDiskTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final SettableClock clock = new SettableClock(NOW);
    private final FakeFleet fleet = new FakeFleet(clock);
    private final PlanningParts parts =
            new PlanningParts(database, fleet, PolicyParts.policies(database, clock), clock);
    private FakeHost host;

    @BeforeEach
    void threeMegabytes() {
        database.clear();
        host = fleet.addStored(database, 1, "engine-1")
                .with(
                        aRecord("old").usedDaysAgo(9).record(),
                        aRecord("mid").usedDaysAgo(6).record())
                .with(aRecord("new").usedDaysAgo(3).record());
    }

    @Test
    void aPlanIsForTheDiskAsItIsNow() {
        host.lastDisk = known("1MB", NOW);
        host.diskFree = ByteSize.parse("9MB");

        var plan = make(minFree("10MB"));

        assertThat(plan.effect().planned().records()).isEqualTo(1);
        assertThat(plan.basis().disk())
                .isEqualTo(
                        new DiskReading.Known(NOW, new DiskSpace(new ByteSize(Long.MAX_VALUE), ByteSize.parse("9MB"))));
        assertThat(parts.plans().find(plan.id())).contains(plan);
    }

    @ParameterizedTest(name = "max used {0}, min free {1}, reserved {2}")
    @CsvSource(
            nullValues = "-",
            value = {"-, 10MB, -", "-, 15%, -", "1%, -, -", "1MB, -, 5%"})
    void diskRulesAreNotEvaluatedIfTheDiskIsUnknown(
            @Nullable String maxUsed, @Nullable String minFree, @Nullable String reserved) {
        host.lastDisk = known("1MB", NOW);
        host.diskFree = null;
        var rule = new PolicyDocument.Rule(
                List.of(), List.of(), null, maxUsed, minFree, reserved, null, null, false, false);

        var plan = make(rule);

        assertThat(plan.effect().planned().records()).isZero();
        assertThat(plan.effect().keptByReason()).containsOnlyKeys("NOT_EVALUATED");
        assertThat(plan.basis().disk()).isEqualTo(new DiskReading.Unknown(NOW, "Its disk is not to be seen."));
        assertThat(parts.plans().find(plan.id())).contains(plan);
    }

    @Test
    void theReasonOfARecordThatStaysNamesTheDisk() {
        var proposal = preview(minFree());

        assertThat(proposal.kept())
                .extracting(kept -> kept.reason().text())
                .containsOnly("Rule 1: cannot be evaluated, because the disk size of the host is unknown");
    }

    @Test
    void doesNotMeasureADiskThatNoRuleNeeds() {
        host.diskFree = ByteSize.parse("9MB");

        assertThat(make(PolicyDocument.Rule.of(List.of(), "7d", null, null))
                        .basis()
                        .disk())
                .isNull();
        assertThat(fleet.disksAsked).isZero();
    }

    @Test
    void previewsUseTheLastMeasurement() {
        host.lastDisk = known("9MB", NOW.minus(Duration.ofMinutes(3)));
        host.diskFree = ByteSize.parse("1MB");

        assertThat(preview(minFree()).deletions()).hasSize(1);
        assertThat(fleet.disksAsked).isZero();
    }

    @Test
    void previewsTakeAnOldMeasurementForNone() {
        host.lastDisk = known("9MB", NOW.minus(Duration.ofMinutes(3)).minusMillis(1));

        assertThat(preview(minFree()).kept())
                .extracting(kept -> kept.reason().code())
                .containsOnly("NOT_EVALUATED");
    }

    private static PruneRule minFree() {
        return PruneRule.limited(new Limits(null, Space.parse("10MB"), null));
    }

    private static PolicyDocument.Rule minFree(String size) {
        return new PolicyDocument.Rule(List.of(), List.of(), null, null, size, null, null, null, false, false);
    }

    private PlanView make(PolicyDocument.Rule rule) {
        return parts.plans()
                .make(new PlanInput(1L, null, List.of(rule), new PolicyDocument.LimitPerRun(null, "100")), "ada");
    }

    private PruneProposal preview(PruneRule rule) {
        var target = parts.targets().named(1L, null);
        var order = new PlanOrder(
                List.of(rule),
                List.of(),
                new LimitPerRun(null, 100),
                null,
                PolicyMode.ENFORCE,
                null,
                "ada",
                RunGuards.NONE);
        return parts.maker()
                .decide(
                        target,
                        order,
                        CacheGraph.of(parts.maker().lastReading(target).records()),
                        parts.maker().activePins(),
                        clock.instant())
                .proposal();
    }

    private static DiskReading known(String free, Instant at) {
        return new DiskReading.Known(at, new DiskSpace(ByteSize.parse("100MB"), ByteSize.parse(free)));
    }
}
