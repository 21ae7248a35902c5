package dev.cachewarden.run.store;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;

import dev.cachewarden.plan.ApprovalSettings;
import dev.cachewarden.plan.PlanInput;
import dev.cachewarden.plan.PlanView;
import dev.cachewarden.plan.PlanningParts;
import dev.cachewarden.plan.Plans.RecordFilter;
import dev.cachewarden.plan.StoredPlans;
import dev.cachewarden.policy.PolicyDocument;
import dev.cachewarden.policy.store.PinParts;
import dev.cachewarden.policy.store.Pins;
import dev.cachewarden.policy.store.PolicyParts;
import dev.cachewarden.policy.store.StoredPolicies;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.CallerAccounts;
import dev.cachewarden.run.FakeFleet;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.SettableClock;
import dev.cachewarden.run.execution.ExecutionParts;
import dev.cachewarden.run.execution.RunStates;
import dev.cachewarden.testing.CommittedEvents;
import dev.cachewarden.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Pruning put together by hand on a real database and hosts in memory; runs are worked on the calling thread, step by step. */
final class PruneStage {

    final SettableClock clock = new SettableClock(NOW);
    final FakeFleet fleet = new FakeFleet(clock);
    final TestDatabase database;
    final PruneSettings settings;
    final StoredPolicies policies;
    final Pins pins;
    final StoredPlans plans;
    final RunRows rows;
    final RunStates states;
    final CommittedEvents events = new CommittedEvents();
    final StoredRuns runs;
    final RunDispatcher dispatcher;
    final PolicyScheduler scheduler;
    final PolicyStart start;
    final PlanningParts planning;

    /** Accounts that may approve runs; their tokens are called as they are, with a number. */
    final Set<String> approvers = new LinkedHashSet<>();

    final CallerAccounts accounts = new CallerAccounts() {
        @Override
        public String accountOf(Caller caller) {
            return caller.name().replaceFirst("-token-\\d+$", "");
        }

        @Override
        public boolean anotherMayPrune(String account) {
            return approvers.stream().anyMatch(approver -> !approver.equals(account));
        }
    };

    /** What the runs of the last dispatcher counted. */
    MeterRegistry meters = new SimpleMeterRegistry();

    /** Done in each second that a run waits; the clock is moved before. */
    Runnable whilePausing = () -> {};

    private final RunEnds ends = new RunEnds();

    PruneStage(TestDatabase database) {
        this(database, PruneSettings.defaults());
    }

    PruneStage(TestDatabase database, PruneSettings settings) {
        this.database = database;
        this.settings = settings;
        var jdbc = JdbcClient.create(database.dataSource());
        this.policies = PolicyParts.policies(database, clock);
        this.pins = PinParts.pins(database.jdbc(), policies, fleet, clock);
        this.planning = new PlanningParts(database, fleet, policies, clock);
        this.plans = planning.plans();
        this.rows = new RunRows(jdbc);
        this.states = ExecutionParts.states(database, events);
        var starter = new RunStarter(states, rows, clock);
        var approvals = new Approvals(new ApprovalSettings(ApprovalSettings.By.ANOTHER_IF_ANY, "100GB"), accounts);
        Executor here = Runnable::run;
        var groups = new RunGroups(new RunGroupRows(jdbc), rows, clock);
        this.start = new PolicyStart(
                policies,
                planning.targets(),
                planning.maker(),
                plans,
                rows,
                starter,
                groups,
                new HostTasks(here),
                settings,
                clock);
        this.runs = new StoredRuns(rows, states, starter, plans, start, groups, approvals, ends, settings, clock);
        this.dispatcher = dispatcher(here);
        this.scheduler = scheduler();
    }

    /** The schedules of a replica of its own on the same database. */
    PolicyScheduler scheduler() {
        var pending = new PendingStarts(JdbcClient.create(database.dataSource()));
        return new PolicyScheduler(policies, start, pending, settings, Runnable::run);
    }

    /** A replica of its own on the same database. */
    RunDispatcher dispatcher(Executor executor) {
        var parts = ExecutionParts.of(database, states, fleet, pins, settings, clock, () -> {
            clock.advance(Duration.ofSeconds(1));
            whilePausing.run();
        });
        meters = parts.meters();
        return new RunDispatcher(
                rows, states, plans, parts.execution(), parts.verification(), ends, settings, executor);
    }

    /** A host in memory with its rows in the database. */
    FakeHost host(long id, String engineId) {
        return fleet.addStored(database, id, engineId);
    }

    /** A host whose cache is a root of 3 MB, on it one of 2, on that a leaf of 1. */
    FakeHost chainOfThree(long id) {
        return host(id, "engine-" + id)
                .with(
                        aRecord("root").megabytes(3).record(),
                        aRecord("mid").on("root").megabytes(2).record(),
                        aRecord("leaf").on("mid").megabytes(1).record());
    }

    /** A plan of everything. */
    PlanView plan(FakeHost host) {
        return plans.make(
                new PlanInput(
                        null,
                        host.builder().value(),
                        List.of(PolicyDocument.Rule.of(List.of(), "0s", null, null)),
                        new PolicyDocument.LimitPerRun(null, "100")),
                "ada");
    }

    /** A run of everything, stored and not begun. */
    RunView request(FakeHost host) {
        return runs.start(plan(host).id(), new RunRequest(Caller.named("ada"), Duration.ZERO, null));
    }

    /** A run of everything, from its request to its end. */
    RunView run(FakeHost host) {
        var run = request(host);
        tick();
        return get(run);
    }

    void tick() {
        dispatcher.tick(clock.instant());
    }

    RunView get(RunView run) {
        return runs.find(run.id()).orElseThrow();
    }

    /** What became of each planned record: {@code DELETED}, or with its reason {@code SKIPPED: In use …}. */
    Map<String, String> outcomes(RunView run) {
        var outcomes = new LinkedHashMap<String, String>();
        plans.forEachRecord(
                run.plan().id(),
                RecordFilter.ALL,
                record -> outcomes.put(
                        record.id(),
                        record.outcome() + (record.outcomeText() == null ? "" : ": " + record.outcomeText())));
        return outcomes;
    }
}
