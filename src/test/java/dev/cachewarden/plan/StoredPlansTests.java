package dev.cachewarden.plan;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.plan.Plans.RecordFilter;
import dev.cachewarden.planner.RunGuards;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.store.PolicyParts;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.SettableClock;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoredPlansTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final SettableClock clock = new SettableClock(NOW);
    private final FakeFleet fleet = new FakeFleet(clock);
    private final StoredPlans plans =
            new PlanningParts(database, fleet, PolicyParts.policies(database, clock), clock).plans();
    private FakeHost host;

    @BeforeEach
    void aHost() {
        database.clear();
        host = fleet.addStored(database, 1, "engine-1");
    }

    @Test
    void carryTheGuardsOfTheirPolicy() {
        host.with(aRecord("old").record());
        var policies = PolicyParts.policies(database, clock);
        var policy = policies.create(
                new PolicyDocument(
                        "gentle",
                        "ENFORCE",
                        true,
                        "",
                        null,
                        List.of(PolicyDocument.Rule.of(List.of(), "0s", null, null)),
                        List.of(),
                        null,
                        null,
                        null,
                        false,
                        null,
                        new PolicyDocument.LimitPerRun(null, "100"),
                        null,
                        new PolicyDocument.Guards("10m", "3", "200", "PT0.5S")),
                "ada");

        assertThat(plans.makeFor(policy.id(), "ada"))
                .singleElement(type(PlanOutcome.Planned.class))
                .satisfies(made -> assertThat(plans.find(made.plan().id())
                                .orElseThrow()
                                .terms()
                                .guards())
                        .isEqualTo(new RunGuards(Duration.ofMinutes(10), 3, 200, Duration.ofMillis(500))));
        assertThat(make("0s", "100").terms().guards()).isEqualTo(RunGuards.NONE);
    }

    @Test
    void byHandKeepsWhatPoliciesPinOnTheHost() {
        host.with(
                aRecord("wanted").record(),
                aRecord("other").record(),
                aRecord("spare").record());
        var policies = PolicyParts.policies(database, clock);
        policies.create(pinning("on", true, "", "id==wanted"), "ada");
        policies.create(pinning("off", false, "", "id==other"), "ada");
        policies.create(pinning("elsewhere", true, "no=such", "id==other"), "ada");

        var plan = make("0s", "100");

        assertThat(records(plan)).extracting(PlannedRecordView::id).containsExactlyInAnyOrder("other", "spare");
        assertThat(plan.effect().keptByReason()).containsOnlyKeys("PINNED");
    }

    private static PolicyDocument pinning(String name, boolean enabled, String scope, String pin) {
        return new PolicyDocument(
                name,
                "REPORT",
                enabled,
                scope,
                null,
                List.of(PolicyDocument.Rule.of(List.of(), "0s", null, null)),
                List.of(pin),
                null,
                null,
                null,
                false,
                null,
                new PolicyDocument.LimitPerRun(null, "100"),
                null,
                PolicyDocument.Guards.NONE);
    }

    @Test
    void keepExactlyWhatWasPlanned() {
        host.with(
                aRecord("mount").megabytes(7).type(RecordType.EXEC_CACHEMOUNT).record(),
                aRecord("root").megabytes(3).record(),
                aRecord("leaf").on("root").megabytes(2).neverUsed().record(),
                aRecord("busy").inUse().record());

        var plan = make("7d", "30");

        assertThat(plans.find(plan.id())).contains(plan);
        assertThat(plan.basis().snapshotAt()).isEqualTo(NOW);
        assertThat(plan.terms().limitPerRunBytes()).isEqualTo(new ByteSize(3_900_000));
        assertThat(plan.effect().planned()).isEqualTo(new Amount(1, new ByteSize(2_000_000)));
        assertThat(plan.effect().byType())
                .containsExactly(entry(RecordType.REGULAR, plan.effect().planned()));
        assertThat(plan.effect().kept()).isEqualTo(new Amount(3, new ByteSize(11_000_000)));
        assertThat(plan.effect().keptByReason())
                .containsExactly(
                        entry("IN_USE", new Amount(1, new ByteSize(1_000_000))),
                        entry("LIMIT_PER_RUN_REACHED", new Amount(2, new ByteSize(10_000_000))));
        assertThat(records(plan)).singleElement().satisfies(record -> {
            assertThat(record.id()).isEqualTo("leaf");
            assertThat(record.lastUsedAt()).isNull();
            assertThat(record.reasonText()).isEqualTo("Rule 1: unused for 100 d (the rule requires 7 d)");
            assertThat(record.outcome()).isNull();
        });
    }

    @Test
    void keepAPlanOfManyRecordsInOrder() {
        IntStream.range(0, 2_500)
                .forEach(i -> host.with(aRecord("r" + i).usedDaysAgo(3_000 - i).record()));

        var plan = make("7d", "100");

        var expected = IntStream.range(0, 2_500).mapToObj(i -> "r" + i).toList();
        assertThat(records(plan)).extracting(PlannedRecordView::id).isEqualTo(expected);
        var inParts = new ArrayList<String>();
        String after = null;
        do {
            var page = plans.records(plan.id(), RecordFilter.ALL, after, 999);
            page.items().forEach(record -> inParts.add(record.id()));
            after = page.next();
        } while (after != null);
        assertThat(inParts).isEqualTo(expected);
    }

    @Test
    void refuseACursorOfAnotherPlan() {
        host.with(aRecord("a").record(), aRecord("b").record());
        var one = make("7d", "100");
        var other = make("7d", "100");
        String after = plans.records(one.id(), RecordFilter.ALL, null, 1).next();

        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> plans.records(other.id(), RecordFilter.ALL, after, 1))
                .withMessageStartingWith("after: is not a cursor of this list");
    }

    @Test
    void takeDescriptionsThatNoDatabaseTakes() {
        var record = aRecord("a").record();
        host.with(new CacheRecord(
                "a",
                record.type(),
                List.of(),
                "RUN printf 'a\0b' \uD83D\uDC33",
                false,
                false,
                null,
                record.size(),
                record.createdAt(),
                record.lastUsedAt(),
                1));

        assertThat(records(make("7d", "100")).getFirst().description()).isEqualTo("RUN printf 'ab' \uD83D\uDC33");
    }

    @Test
    void refuseToPlanForAHostThatIsKnownToBeDown() {
        host.unreachable();
        host.knownUnreachable = true;

        assertConflict("Host host-1 is unreachable, so its current cache is unknown: Nobody listens at the address.");
    }

    @Test
    void refuseToPlanForAHostThatIsOffOrWasNeverReached() {
        host.enabled = false;
        assertConflict("Host host-1 is disabled. Enable it to create a plan.");

        host.enabled = true;
        host.engineId = null;
        assertConflict("Host host-1 has never been reached, so its cache is unknown. See the host page for the cause.");
    }

    @Test
    void demandOneHostOrBuilderThatIsThere() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> plans.make(input(null, null), "ada"))
                .withMessage("hostId: set either hostId or builderId");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> plans.make(input(1L, 1L), "ada"))
                .withMessage("hostId: set either hostId or builderId");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> plans.make(input(9L, null), "ada"))
                .withMessage("There is no host 9.");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> plans.make(input(null, 9L), "ada"))
                .withMessage("There is no builder 9.");
    }

    @Test
    void forgetOldPlansAndOldRunsButNotWhatIsOpen() {
        host.with(aRecord("a").record());
        long neverRun = make("7d", "100").id();
        long ran = make("7d", "100").id();
        long open = make("7d", "100").id();
        run(ran, "DONE", "2026-09-01T12:00:00Z");
        run(open, "AWAITING_APPROVAL", null);

        plans.deleteOlderThan(NOW.plusSeconds(1), NOW);
        assertThat(plans.find(neverRun)).isEmpty();
        assertThat(plans.find(ran)).isPresent();

        plans.deleteOlderThan(NOW.plusSeconds(1), NOW.plusSeconds(1));
        assertThat(plans.find(ran)).isEmpty();
        assertThat(plans.find(open)).isPresent();
    }

    private static void run(long plan, String state, @Nullable String endedAt) {
        database.jdbc().update("""
                insert into prune_run (plan_id, builder_id, engine_id, state, trigger, requested_by, requested_at, start_at, ended_at)
                values (?, 1, 'engine-1', ?, 'MANUAL', 'ada', now(), now(), cast(? as timestamptz))""", plan, state, endedAt);
    }

    private void assertConflict(String message) {
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> make("7d", "100"))
                .withMessage(message);
    }

    private PlanView make(String unusedFor, String share) {
        return plans.make(
                new PlanInput(
                        1L,
                        null,
                        List.of(PolicyDocument.Rule.of(List.of(), unusedFor, null, null)),
                        new PolicyDocument.LimitPerRun(null, share)),
                "ada");
    }

    private static PlanInput input(@Nullable Long hostId, @Nullable Long builderId) {
        return new PlanInput(
                hostId,
                builderId,
                List.of(PolicyDocument.Rule.of(List.of(), "7d", null, null)),
                new PolicyDocument.LimitPerRun(null, "100"));
    }

    private List<PlannedRecordView> records(PlanView plan) {
        var records = new ArrayList<PlannedRecordView>();
        plans.forEachRecord(plan.id(), RecordFilter.ALL, records::add);
        return records;
    }
}
