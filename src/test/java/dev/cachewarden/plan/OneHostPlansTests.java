package dev.cachewarden.plan;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.PlanView.PolicyVersion;
import dev.cachewarden.plan.Plans.RecordFilter;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyMode;
import dev.cachewarden.policy.store.PolicyParts;
import dev.cachewarden.policy.store.StoredPolicies;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Policies, and what they might become, tried on one host of those in their scope. */
class OneHostPlansTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final HostId FIRST = new HostId(1);
    private static final HostId OUTSIDE = new HostId(3);

    private final SettableClock clock = new SettableClock(NOW);
    private final FakeFleet fleet = new FakeFleet(clock);
    private final StoredPolicies policies = PolicyParts.policies(database, clock);
    private final StoredPlans plans = new PlanningParts(database, fleet, policies, clock).plans();

    @BeforeEach
    void threeHostsTwoInScope() {
        database.clear();
        for (long id = 1; id <= 3; id++) {
            var host = fleet.addStored(database, id, "engine-" + id)
                    .with(
                            aRecord("a" + id).megabytes(1).record(),
                            aRecord("b" + id).megabytes(2).record(),
                            aRecord("c" + id).megabytes(3).record());
            host.labels = Map.of("env", id < 3 ? "ci" : "lab");
        }
    }

    private List<String> listed(long plan) {
        return plans.records(plan, RecordFilter.ALL, null, 10).items().stream()
                .map(PlannedRecordView::id)
                .toList();
    }

    @Test
    void aSavedPolicyIsPlannedForThatHostOnly() {
        var policy = policies.create(input("nightly", "ENFORCE", "id==a1"), "ada");

        var plan = plans.makeFor(policy.id(), FIRST, "ada");

        assertThat(plan.policy())
                .isNotNull()
                .satisfies(version -> assertThat(version.version()).isEqualTo(1));
        assertThat(listed(plan.id())).containsExactlyInAnyOrder("b1", "c1");
        assertThat(database.jdbc().queryForObject("select count(*) from prune_plan", Long.class))
                .isEqualTo(1);
    }

    @Test
    void plansADraftByItsContentAndKeepsPinnedRecords() {
        var policy = policies.create(input("nightly", "ENFORCE", "id==a1"), "ada");
        policies.create(input("other", "REPORT", "id==b1"), "ada");

        var plan = plans.makeOf(PolicyParts.read(input("nightly", "ENFORCE", "id==x")), policy.id(), FIRST, "ann");

        assertThat(listed(plan.id())).containsExactlyInAnyOrder("a1", "c1");
        assertThat(plan.policy()).isEqualTo(new PolicyVersion(policy.id(), "nightly", 1, true));
        assertThat(plan.policy()).extracting(PolicyVersion::label).isEqualTo("draft of v2");
        assertThat(plan.createdBy()).isEqualTo("ann");
        assertThat(plan.terms().approveAbove()).isEqualTo(ByteSize.parse("1GB"));
        assertThat(plan.terms().limitPerRun().maxShare()).isEqualTo(100);
    }

    @Test
    void aDraftThatOnlyReportsGivesAPlanThatNeverRuns() {
        var policy = policies.create(input("nightly", "ENFORCE", "id==x"), "ada");

        var plan = plans.makeOf(PolicyParts.read(input("nightly", "REPORT", "id==x")), policy.id(), FIRST, "ann");

        assertThat(plan.mode()).isEqualTo(PolicyMode.REPORT);
    }

    @Test
    void aHostOutsideOfTheScopeIsRefused() {
        var policy = policies.create(input("nightly", "ENFORCE", "id==x"), "ada");

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> plans.makeFor(policy.id(), OUTSIDE, "ada"))
                .withMessage("host: host-3 is not in the scope of nightly");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> plans.makeOf(policy.content(), policy.id(), OUTSIDE, "ada"));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> plans.makeFor(policy.id(), new HostId(9), "ada"));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> plans.makeFor(9, FIRST, "ada"));
    }

    @Test
    void aReadingThatIsTooOldIsNotPlannedFrom() {
        var policy = policies.create(input("nightly", "ENFORCE", "id==x"), "ada");
        clock.advance(Duration.ofMinutes(9));

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> plans.makeOf(policy.content(), policy.id(), FIRST, "ada"))
                .withMessageContaining("too old for a plan");
    }

    private static PolicyDocument input(String name, String mode, String pin) {
        return new PolicyDocument(
                name,
                mode,
                true,
                "env=ci",
                null,
                List.of(PolicyDocument.Rule.of(List.of(), "0s", null, null)),
                List.of(pin),
                null,
                null,
                null,
                false,
                null,
                new PolicyDocument.LimitPerRun(null, "100"),
                "1GB",
                PolicyDocument.Guards.NONE);
    }
}
