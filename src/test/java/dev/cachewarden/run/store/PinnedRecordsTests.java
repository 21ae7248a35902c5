package dev.cachewarden.run.store;

import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.plan.Plans.RecordFilter;
import dev.cachewarden.planner.Filter;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.policy.store.PolicyParts;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.InvalidInputException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.RunOutcome;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.RunState;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever makes a plan, it keeps what is pinned; and a run keeps what was pinned after its plan. */
class PinnedRecordsTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private static final HostId FIRST = new HostId(1);

    private PruneStage stage = new PruneStage(database);
    private FakeHost host;

    @BeforeEach
    void aHostWithThreeRecords() {
        database.clear();
        host = aHost();
    }

    private FakeHost aHost() {
        var added = stage.host(1, "engine-1")
                .with(aRecord("a").record(), aRecord("b").record(), aRecord("c").record());
        added.labels = Map.of("env", "ci");
        return added;
    }

    private List<String> listed(PlanView plan) {
        var ids = new ArrayList<String>();
        stage.plans.forEachRecord(plan.id(), RecordFilter.ALL, record -> ids.add(record.id()));
        return ids;
    }

    private PolicyView policy(String name, String mode, String scope, boolean enabled, String... pins) {
        return stage.policies.create(input(name, mode, scope, enabled, pins), "ada");
    }

    private static PolicyDocument input(String name, String mode, String scope, boolean enabled, String... pins) {
        return new PolicyDocument(
                name,
                mode,
                enabled,
                scope,
                null,
                List.of(PolicyDocument.Rule.of(List.of(), "0s", null, null)),
                List.of(pins),
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
    void aPinOfTheFleetHoldsInEveryPlan() {
        stage.pins.add("id==a", "slow to rebuild", "ada");
        var enforced = policy("nightly", "ENFORCE", "env=ci", true);
        var reported = policy("watch", "REPORT", "env=ci", true);
        var draft = PolicyParts.read(input("nightly", "ENFORCE", "env=ci", true));

        assertThat(listed(stage.plan(host))).containsExactly("b", "c");
        assertThat(listed(stage.plans.makeFor(enforced.id(), FIRST, "ada"))).containsExactly("b", "c");
        assertThat(listed(stage.plans.makeFor(reported.id(), FIRST, "ada"))).containsExactly("b", "c");
        assertThat(listed(stage.plans.makeOf(draft, enforced.id(), FIRST, "ada")))
                .containsExactly("b", "c");
        var started = (RunOutcome.Requested) stage.runs
                .startFor(enforced.id(), RunRequest.by(Caller.named("ada")))
                .getFirst();
        assertThat(started.run().plan().planned().records()).isEqualTo(2);
        assertThat(stage.plan(host).effect().keptByReason()).containsOnlyKeys("PINNED");
    }

    @ParameterizedTest(name = "a {0} policy of {1}, enabled: {2}")
    @CsvSource({
        "ENFORCE, env=ci,  true,  true",
        "REPORT,  env=ci,  true,  true",
        "REPORT,  '',      true,  true",
        "REPORT,  env=lab, true,  false",
        "REPORT,  env=ci,  false, false"
    })
    void aPinOfAPolicyHoldsWhereItIsEnabledAndCoversTheHost(String mode, String scope, boolean enabled, boolean holds) {
        policy("keeper", mode, scope, enabled, "id==a");
        var other = policy("other", "ENFORCE", "env=ci", true);
        var expected = holds ? List.of("b", "c") : List.of("a", "b", "c");

        assertThat(listed(stage.plan(host))).isEqualTo(expected);
        assertThat(listed(stage.plans.makeFor(other.id(), FIRST, "ada"))).isEqualTo(expected);
    }

    /** A second address must not be a way around a pin. */
    @Test
    void aPinHoldsOnEveryAddressOfTheEngine() {
        policy("keeper", "REPORT", "env=lab", true, "id==a");
        stage.fleet.addStored(database, 2, "engine-1").labels = Map.of("env", "lab");

        assertThat(listed(stage.plan(host))).containsExactly("b", "c");
    }

    @Test
    void aPinMadeAfterThePlanIsKeptByItsRun() {
        var run = stage.request(host);
        stage.pins.add("id==b", null, "ada");

        stage.tick();

        assertThat(stage.outcomes(run))
                .containsOnly(
                        entry("a", "DELETED"),
                        entry("b", "SKIPPED: Pinned since the plan: id==b"),
                        entry("c", "DELETED"));
        assertThat(host.records).containsOnlyKeys("b");
        assertThat(stage.get(run).state()).isEqualTo(RunState.DONE);
    }

    @Test
    void aPinOfAPolicyMadeAfterThePlanIsKeptByItsRun() {
        var run = stage.request(host);
        policy("keeper", "REPORT", "env=ci", true, "id==b");

        stage.tick();

        assertThat(stage.outcomes(run)).contains(entry("b", "SKIPPED: Pinned since the plan: id==b"));
        assertThat(host.records).containsOnlyKeys("b");
    }

    @Test
    void whatAPinnedRecordBuildsOnIsKeptToo() {
        host.with(aRecord("d").on("c").record());
        var run = stage.request(host);
        stage.pins.add("id==d", null, "ada");

        stage.tick();

        assertThat(stage.outcomes(run)).contains(entry("c", "SKIPPED: Its child d stays"));
        assertThat(host.records).containsOnlyKeys("c", "d");
    }

    @Test
    void aPinMadeBetweenTwoBatchesIsKept() {
        stage = new PruneStage(database, oneByOne());
        database.clear();
        host = aHost();
        host.with(IntStream.range(0, 3)
                .mapToObj(i -> aRecord("late" + i).usedDaysAgo(5 - i).record())
                .toArray(CacheRecord[]::new));
        stage.fleet.instead = (order, onPruned) -> {
            if (stage.pins.all().isEmpty()) {
                stage.pins.add("id==late2", null, "ada");
            }
            return stage.fleet.deleteAsAnEngine(order, onPruned);
        };

        var run = stage.run(host);

        assertThat(stage.outcomes(run)).contains(entry("late2", "SKIPPED: Pinned since the plan: id==late2"));
        assertThat(host.records).containsOnlyKeys("late2");
    }

    @Test
    void aPinIsCheckedAndForgotten() {
        var pin = stage.pins.add(" mountTarget == /root/.m2 ", "  for the nightly builds ", "ada");

        assertThat(stage.pins.all()).containsExactly(pin);
        assertThat(pin.filter()).isEqualTo(Filter.parse("mountTarget==/root/.m2"));
        assertThat(pin.note()).isEqualTo("for the nightly builds");
        assertRefused("mountTarget==/root/.m2", null, "filter: 'mountTarget==/root/.m2' is already pinned");
        assertRefused(" ", null, "filter: is missing; use one such as mountTarget==/root/.m2");
        assertRefused("id==\0", null, "filter: must not contain control characters");
        assertRefused(
                "id==x",
                "n".repeat(201),
                "note: must be at most 200 characters on one line, without control characters");

        assertThat(stage.pins.remove(pin.id())).isEqualTo(pin);
        assertThat(stage.pins.all()).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> stage.pins.remove(pin.id()))
                .withMessage("There is no pin 1.");
    }

    private void assertRefused(String filter, @Nullable String note, String message) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> stage.pins.add(filter, note, "ada"))
                .withMessage(message);
    }

    private static PruneSettings oneByOne() {
        var d = PruneSettings.defaults();
        return new PruneSettings(
                true,
                d.countdown(),
                1,
                Duration.ZERO,
                d.waitForBuilds(),
                d.stopAfterFailures(),
                d.planValidFor(),
                d.deadAfter(),
                d.verifyFor(),
                d.keepPlans(),
                d.keepRuns(),
                d.tick());
    }
}
