package dev.cachewarden.run.store;

import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cachewarden.plan.PlanOutcome;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.PolicyView;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.RunOutcome;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs.RunFilter;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Policies at work on the hosts in their scope. */
class PolicyStartTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final PruneStage stage = new PruneStage(database);
    private FakeHost first;
    private FakeHost second;

    @BeforeEach
    void threeHostsTwoInScope() {
        database.clear();
        first = ci(1, "engine-1")
                .with(aRecord("a").record(), aRecord("used").usedDaysAgo(1).record());
        second = ci(2, "engine-2").with(aRecord("b").megabytes(5).record());
        stage.host(3, "engine-3").with(aRecord("c").record());
    }

    private FakeHost ci(long id, String engine) {
        var host = stage.host(id, engine);
        host.labels = Map.of("env", "ci", "team", "ml");
        return host;
    }

    @Test
    void pruneEveryHostInScopeOnSchedule() {
        var policy = policy("ENFORCE", null);

        start();

        assertThat(runs()).hasSize(2).allSatisfy(run -> {
            assertThat(run.state()).isEqualTo(RunState.DONE);
            assertThat(run.request().trigger()).isEqualTo(RunTrigger.SCHEDULE);
            assertThat(run.request().by().name()).isEqualTo("schedule");
            assertThat(run.plan().policy()).isNotNull().satisfies(version -> {
                assertThat(version.name()).isEqualTo("nightly");
                assertThat(version.version()).isEqualTo(1);
            });
        });
        assertThat(first.records).containsOnlyKeys("used");
        assertThat(second.records).isEmpty();
        assertThat(lastResult(policy)).isEqualTo("2 runs of 2 records, 5.7 MiB.");
    }

    @Test
    void startLateWhereTheRunOfADeadReplicaIsNotClosedYet() {
        var policy = policy("hourly", "ENFORCE", "0", "0 * * * *", null, null);
        var dead = stage.request(first);
        assertThat(stage.states.claim(dead.id(), "a replica that died", stage.clock.instant()))
                .isTrue();
        // It was heard of until just before the policy starts.
        stage.clock.advance(Duration.ofHours(1).minusSeconds(5));
        stage.rows.heartbeat(List.of(dead.id()), "a replica that died", stage.clock.instant());
        stage.clock.advance(Duration.ofSeconds(5));

        stage.scheduler.tick(stage.clock.instant());
        stage.tick();

        assertThat(second.records).as("the others do not wait").isEmpty();
        assertThat(first.records).containsOnlyKeys("a", "used");
        assertThat(lastResult(policy))
                .isEqualTo("1 run of 1 record, 4.8 MiB. Postponed on 1 host until another run ends.");

        // Another replica closes the dead one's run as soon as it may, and before the next time comes.
        stage.clock.advance(stage.settings.deadAfter());
        stage.tick();
        assertThat(stage.get(dead).state().ended()).isTrue();
        stage.scheduler.tick(stage.clock.instant());
        stage.tick();

        assertThat(first.records).containsOnlyKeys("used");
        assertThat(runs()).hasSize(3);
        assertThat(lastResult(policy)).contains(" Then: 1 run of 1 record, ");
        stage.scheduler.tick(stage.clock.instant());
        assertThat(runs()).as("caught up once").hasSize(3);
    }

    @Test
    void neverDeleteInReportMode() {
        var policy = policy("REPORT", null);

        start();

        assertThat(runs()).isEmpty();
        assertThat(stage.fleet.sent).isEmpty();
        assertThat(lastResult(policy)).isEqualTo("2 records, 5.7 MiB would be deleted on 2 hosts.");
        assertThat(stage.plans.find(1)).isPresent();
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> stage.runs.start(1, RunRequest.by(Caller.named("ada"))))
                .withMessage("Plan 1 belongs to a policy in report mode and cannot run."
                        + " Set the mode to ENFORCE, or create a plan manually.");
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> stage.runs.startFor(policy.id(), RunRequest.by(Caller.named("ada"))))
                .withMessage(
                        "Policy nightly is in report mode and cannot run. Set its mode to ENFORCE, or create a plan.");
    }

    @Test
    void keepOnlyTheLastReportOfAHost() {
        policy("REPORT", null);

        start();
        start();

        assertThat(database.jdbc().queryForObject("select count(*) from prune_plan", Long.class))
                .isEqualTo(2);
        assertThat(stage.plans.find(1)).isEmpty();
    }

    @Test
    void planOnceForAnEngineBehindTwoAddresses() {
        var alias = ci(4, "engine-1");
        alias.records = first.records;
        var policy = policy("ENFORCE", null);

        var plans = stage.plans.makeFor(policy.id(), "ada");

        assertThat(plans).extracting(PlanOutcome::hostName).containsExactly("host-1", "host-2");
    }

    @Test
    void goOnWithTheOthersWhereAHostIsDownOrUnknown() {
        first.unreachable();
        ci(5, "engine-5").engineId = null;
        var policy = policy("ENFORCE", null);

        start();

        assertThat(runs())
                .singleElement()
                .extracting(run -> run.target().hostName())
                .isEqualTo("host-2");
        assertThat(lastResult(policy))
                .isEqualTo(
                        "1 run of 1 record, 4.8 MiB; skipped 2 hosts"
                                + " (host-1: Host host-1 is unreachable: Nobody listens at the address."
                                + " host-5: Host host-5 has never been reached, so its cache is unknown. See the host page for the cause.).");
    }

    @Test
    void leaveAHostToThePolicyOfHigherPriority() {
        var nightly = policy("ENFORCE", null);
        second.labels = Map.of("env", "ci", "team", "web");
        stage.policies.create(
                new PolicyDocument(
                        "ml",
                        "ENFORCE",
                        true,
                        "team=ml",
                        "5",
                        List.of(PolicyDocument.Rule.of(List.of("internal"), "7d", null, null)),
                        List.of(),
                        null,
                        null,
                        null,
                        false,
                        null,
                        new PolicyDocument.LimitPerRun(null, "100"),
                        null,
                        PolicyDocument.Guards.NONE),
                "ada");

        start();

        assertThat(runs())
                .singleElement()
                .extracting(run -> run.target().hostName())
                .isEqualTo("host-2");
        assertThat(lastResult(nightly))
                .isEqualTo("1 run of 1 record, 4.8 MiB; skipped 1 host"
                        + " (host-1: Policy ml takes precedence: priority 5 is higher than 0.).");
        assertThat(stage.runs.startFor(nightly.id(), RunRequest.by(Caller.named("ada"))))
                .as("a manual run ignores policy precedence")
                .anySatisfy(outcome -> assertThat(outcome.hostName()).isEqualTo("host-1"))
                .noneMatch(outcome -> outcome instanceof RunOutcome.Refused);
    }

    @Test
    void neverStandBackForAPolicyThatOnlyReports() {
        policy("ENFORCE", null);
        policy("watching", "REPORT", "9", "* * * * *", null, null);

        start();

        assertThat(runs()).hasSize(2);
    }

    @Test
    void startsAutomaticallyOnlyInItsMaintenanceWindow() {
        var policy = policy("nightly", "ENFORCE", "0", "* * * * *", "22:00-06:00", null);

        start();

        assertThat(runs()).isEmpty();
        assertThat(lastResult(policy)).isEqualTo("Skipped: outside the maintenance window 22:00-06:00, UTC.");
        stage.clock.advance(Duration.ofHours(10));
        start();
        assertThat(runs()).hasSize(2);
    }

    @Test
    void leaveOutHostsThatAreSwitchedOff() {
        second.enabled = false;
        var policy = policy("ENFORCE", null);

        assertThat(stage.plans.makeFor(policy.id(), "ada"))
                .extracting(PlanOutcome::hostName)
                .containsExactly("host-1");
    }

    @Test
    void storeNothingWhereNothingIsToGo() {
        first.records.clear();
        second.records.clear();
        var policy = policy("ENFORCE", null);

        start();

        assertThat(runs()).isEmpty();
        assertThat(stage.plans.find(1)).isEmpty();
        assertThat(lastResult(policy)).isEqualTo("nothing to delete on 2 hosts.");
    }

    @Test
    void waitForAPersonAboveTheThreshold() {
        var policy = policy("ENFORCE", "2MB");
        start();

        var waiting = runs().stream()
                .filter(run -> run.state() == RunState.AWAITING_APPROVAL)
                .toList();
        assertThat(waiting)
                .singleElement()
                .extracting(run -> run.target().hostName())
                .isEqualTo("host-2");
        assertThat(second.records).hasSize(1);

        start();
        assertThat(lastResult(policy))
                .isEqualTo("nothing to delete on 1 host; skipped 1 host (host-2: Run "
                        + waiting.getFirst().id() + " waits for approval. Approve or cancel it.).");

        var approved = stage.runs.approve(waiting.getFirst().id(), Caller.named("grace"), Duration.ZERO);
        assertThat(approved.request().approval())
                .isNotNull()
                .extracting(RunView.By::name)
                .isEqualTo("grace");
        stage.tick();
        assertThat(stage.get(approved).state()).isEqualTo(RunState.DONE);
        assertThat(second.records).isEmpty();
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> stage.runs.approve(approved.id(), Caller.named("grace"), null))
                .withMessage("Run " + approved.id() + " does not wait for approval. Its state is Done.");
    }

    @Test
    void runsManuallyWithCountdownAndOncePerKey() {
        var policy = policy("ENFORCE", null);
        var request = new RunRequest(Caller.named("ada"), null, "deploy-42");

        var outcomes = stage.runs.startFor(policy.id(), request);
        assertThat(stage.runs.startFor(policy.id(), request)).isEqualTo(outcomes);

        assertThat(outcomes).hasSize(2).allMatch(outcome -> outcome instanceof RunOutcome.Requested);
        stage.tick();
        assertThat(runs()).extracting(RunView::state).containsOnly(RunState.COUNTDOWN);
        stage.clock.advance(Duration.ofSeconds(10));
        stage.tick();
        assertThat(runs()).extracting(RunView::state).containsOnly(RunState.DONE);
        assertThat(runs()).extracting(run -> run.request().trigger()).containsOnly(RunTrigger.MANUAL);
    }

    @Test
    void refuseToPlanFromAnOldReading() {
        var policy = policy("ENFORCE", null);
        stage.clock.advance(Duration.ofSeconds(181));

        assertThat(stage.plans.makeFor(policy.id(), "ada"))
                .allSatisfy(
                        outcome -> assertThat(outcome)
                                .isInstanceOfSatisfying(
                                        PlanOutcome.Refused.class,
                                        refused -> assertThat(refused.reason())
                                                .isEqualTo(
                                                        "The last snapshot of host " + refused.hostName()
                                                                + " is 3 min 1 s old, too old for a plan. See the host page for the cause.")));
    }

    @Test
    void keepsThePolicyNameAfterThePolicyIsRemoved() {
        var policy = policy("ENFORCE", null);
        start();

        stage.policies.remove(policy.id());

        assertThat(runs())
                .allSatisfy(run -> assertThat(run.plan().policy()).isNotNull().satisfies(version -> {
                    assertThat(version.id()).isNull();
                    assertThat(version.name()).isEqualTo("nightly");
                }));
    }

    private void start() {
        stage.clock.advance(Duration.ofMinutes(1));
        stage.scheduler.tick(stage.clock.instant());
        stage.tick();
    }

    private PolicyView policy(String mode, @Nullable String approveAbove) {
        return policy("nightly", mode, "0", "* * * * *", null, approveAbove);
    }

    private PolicyView policy(
            String name,
            String mode,
            String priority,
            String cron,
            @Nullable String window,
            @Nullable String approveAbove) {
        return stage.policies.create(
                new PolicyDocument(
                        name,
                        mode,
                        true,
                        "env=ci",
                        priority,
                        List.of(PolicyDocument.Rule.of(List.of(), "7d", null, null)),
                        List.of(),
                        cron,
                        "UTC",
                        null,
                        false,
                        window,
                        new PolicyDocument.LimitPerRun(null, "100"),
                        approveAbove,
                        PolicyDocument.Guards.NONE),
                "ada");
    }

    private List<RunView> runs() {
        return stage.runs.list(RunFilter.ALL, null, 100).items();
    }

    private String lastResult(PolicyView policy) {
        return String.valueOf(stage.policies.find(policy.id()).orElseThrow().lastStartResult());
    }
}
