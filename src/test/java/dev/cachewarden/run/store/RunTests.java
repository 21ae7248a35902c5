package dev.cachewarden.run.store;

import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.engine.pruning.PruneReport;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.DeletionMethod;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.RunEnded;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.Runs.Largest;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A run from its request to its end. */
class RunTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private PruneStage stage = new PruneStage(database);
    private FakeHost host;

    @BeforeEach
    void aHostWithAChainOfThree() {
        database.clear();
        host = stage.chainOfThree(1);
    }

    @Test
    void listsTheLargestRuns() {
        var before = stage.clock.instant();
        var small = stage.run(
                stage.host(2, "engine-2").with(aRecord("other").megabytes(2).record()));
        stage.clock.advance(Duration.ofSeconds(10));
        var large = stage.run(host);
        stage.runs.cancel(stage.request(stage.chainOfThree(3)).id(), Caller.named("ada"));
        var after = stage.clock.instant().plusSeconds(1);

        assertThat(stage.runs.largest(null, before, after, 9)).isEqualTo(new Largest(List.of(large, small), 0));
        assertThat(stage.runs.largest(null, before, after, 1)).isEqualTo(new Largest(List.of(large), 1));
        assertThat(stage.runs
                        .largest(Set.of(small.target().builder()), before, after, 9)
                        .runs())
                .containsExactly(small);
        assertThat(stage.runs.largest(Set.of(), before, after, 9).runs()).isEmpty();
        assertThat(stage.runs.largest(null, before.plusSeconds(5), after, 9).runs())
                .containsExactly(large);
    }

    @Test
    void deleteExactlyWhatWasPlannedLeavesFirst() {
        var run = stage.run(host);

        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(stage.events.of(RunEnded.class))
                .containsExactly(new RunEnded(run.id(), run.target().builder(), RunState.DONE, stage.clock.instant()));
        assertThat(stage.fleet.sent).containsExactly(List.of("leaf", "mid", "root"));
        assertThat(stage.outcomes(run))
                .containsExactly(entry("leaf", "DELETED"), entry("mid", "DELETED"), entry("root", "DELETED"));
        assertThat(run.result().deleted()).isEqualTo(new Amount(3, megabytes(6)));
        assertThat(run.plan().planned()).isEqualTo(run.result().deleted());
        assertThat(run.result().reported()).isEqualTo(megabytes(6));
        assertThat(run.result().cacheBefore()).isEqualTo(megabytes(6));
        assertThat(run.result().cacheAfter()).isEqualTo(ByteSize.ZERO);
        assertThat(run.course().method()).isEqualTo(DeletionMethod.CONTROL);
        assertThat(DeletionMethod.CONTROL.text()).isEqualTo("BuildKit Control.Prune, by exact IDs");
        assertThat(run.message()).isNull();
        assertThat(stage.fleet.markedPruned)
                .containsExactly(entry(run.id(), List.copyOf(stage.fleet.markedPruned.get(run.id()))));
        assertThat(stage.fleet.markedPruned.get(run.id())).containsExactlyInAnyOrder("leaf", "mid", "root");
    }

    @Test
    void countsRunsAndTheirDeletions() {
        stage.run(host);
        host.with(aRecord("stays").record());
        stage.fleet.instead = (order, onPruned) -> {
            throw new EngineRefusedException("builder", "Control/Prune", "UNKNOWN", "disk is full");
        };
        stage.run(host);

        String name = stage.fleet.all().getFirst().name();
        assertThat(count("cachewarden.prune.runs", "host", name, "state", "done"))
                .isEqualTo(1);
        assertThat(count("cachewarden.prune.runs", "host", name, "state", "failed"))
                .isEqualTo(1);
        assertThat(count("cachewarden.prune.records", "host", name)).isEqualTo(3);
        assertThat(count("cachewarden.prune.reclaimed", "host", name))
                .isEqualTo(megabytes(6).bytes());
    }

    private double count(String counter, String... tags) {
        return stage.meters.get(counter).tags(tags).counter().count();
    }

    @Test
    void leaveWhatNoPlanLists() {
        var run = stage.request(host);
        host.with(aRecord("new").record());

        stage.tick();

        assertThat(host.records).containsOnlyKeys("new");
        assertThat(stage.get(run).state()).isEqualTo(RunState.DONE);
        assertThat(stage.get(run).result().cacheAfter()).isEqualTo(megabytes(1));
    }

    @Test
    void skipsRecordsUsedSinceThePlanAndTheirParents() {
        host.with(aRecord("lone").record());
        var run = stage.request(host);
        host.with(aRecord("mid").on("root").megabytes(2).uses(2).record());

        stage.tick();

        run = stage.get(run);
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(stage.outcomes(run))
                .containsOnly(
                        entry("leaf", "DELETED"),
                        entry("lone", "DELETED"),
                        entry("mid", "SKIPPED: Used since the plan"),
                        entry("root", "SKIPPED: Its child mid stays"));
        assertThat(run.result().skipped()).isEqualTo(new Amount(2, megabytes(5)));
        assertThat(host.records).containsOnlyKeys("root", "mid");
    }

    @Test
    void sendNothingIfNothingIsLeftToDelete() {
        var run = stage.request(host);
        host.records.clear();

        stage.tick();

        assertThat(stage.get(run).state()).isEqualTo(RunState.DONE);
        assertThat(stage.fleet.sent).isEmpty();
        assertThat(stage.outcomes(run).values())
                .containsOnly("SKIPPED: No longer in the cache; not deleted by this run");
        assertThat(stage.get(run).result().deleted()).isEqualTo(Amount.NONE);
    }

    @Test
    void reportsRecordsSkippedByTheBuilder() {
        stage.fleet.instead = (order, onPruned) -> {
            host.with(
                    aRecord("mid").on("root").megabytes(2).inUse().record(),
                    aRecord("fresh").on("leaf").record());
            return stage.fleet.deleteAsAnEngine(order, onPruned);
        };

        var run = stage.run(host);

        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(stage.outcomes(run))
                .containsOnly(
                        entry("leaf", "SKIPPED: Its child fresh stays"),
                        entry("mid", "SKIPPED: Skipped by the builder: in use by a running build"),
                        entry("root", "SKIPPED: Its child mid stays"));
    }

    @Test
    void sendAgainWhatTheBuilderKeptForNoVisibleReason() {
        stage.fleet.instead = (order, onPruned) -> stage.fleet.sent.size() < 3
                ? new PruneReport(List.of(), ByteSize.ZERO, PruneReport.Method.CONTROL, Duration.ZERO)
                : stage.fleet.deleteAsAnEngine(order, onPruned);

        var run = stage.run(host);

        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.result().deleted()).isEqualTo(new Amount(3, megabytes(6)));
        assertThat(stage.fleet.sent)
                .containsExactly(
                        List.of("leaf", "mid", "root"), List.of("leaf", "mid", "root"), List.of("leaf", "mid", "root"));
    }

    @Test
    void sendNothingAgainThatABuildHasUsedInTheMeantime() {
        stage.fleet.instead = (order, onPruned) -> {
            boolean first = stage.fleet.sent.size() == 1;
            var report = stage.fleet.deleteAsAnEngine(first ? without(order, "mid", "root") : order, onPruned);
            if (first) {
                host.with(aRecord("mid").on("root").megabytes(2).usedDaysAgo(0).record());
            }
            return report;
        };

        var run = stage.run(host);

        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(stage.outcomes(run))
                .containsOnly(
                        entry("leaf", "DELETED"),
                        entry("mid", "SKIPPED: Used since the plan"),
                        entry("root", "SKIPPED: Its child mid stays"));
        assertThat(stage.fleet.sent).hasSize(1);
    }

    private static PruneOrder without(PruneOrder order, String... ids) {
        return new PruneOrder(
                order.connection(),
                order.capabilities(),
                order.engineId(),
                order.recordIds().stream()
                        .filter(id -> !List.of(ids).contains(id))
                        .toList());
    }

    @Test
    void failIfTheBuilderAnswersSuccessAndDeletesNothing() {
        stage.fleet.instead = (order, onPruned) ->
                new PruneReport(List.of(), ByteSize.ZERO, PruneReport.Method.CONTROL, Duration.ZERO);

        var run = stage.run(host);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(stage.fleet.sent).hasSize(3);
        assertThat(stage.outcomes(run).get("leaf"))
                .isEqualTo("FAILED: Still in the cache; the builder did not report its deletion");
        assertThat(run.result().deleted()).isEqualTo(Amount.NONE);
        assertThat(run.result().cacheAfter()).isEqualTo(megabytes(6));
    }

    @Test
    void failsIfReportedDeletionsAreStillInTheCache() {
        stage.fleet.instead = (order, onPruned) -> {
            order.recordIds().forEach(id -> onPruned.accept(new PrunedRecord(id, null)));
            return new PruneReport(List.of(), ByteSize.ZERO, PruneReport.Method.HTTP_ONE_BY_ONE, Duration.ZERO);
        };

        var run = stage.run(host);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(stage.outcomes(run).values())
                .containsOnly("FAILED: Still in the cache, although the builder reported its deletion");
        assertThat(run.result().failed()).isEqualTo(new Amount(3, megabytes(6)));
        assertThat(run.course().method()).isEqualTo(DeletionMethod.HTTP_ONE_BY_ONE);
        assertThat(DeletionMethod.HTTP_ONE_BY_ONE.text()).startsWith("Engine HTTP API, one record at a time");
    }

    @Test
    void usesPlannedSizesIfTheBuilderReportsNone() {
        stage.fleet.instead = (order, onPruned) -> {
            stage.fleet.deleteAsAnEngine(order, removed -> onPruned.accept(new PrunedRecord(removed.recordId(), null)));
            return new PruneReport(List.of(), megabytes(6), PruneReport.Method.HTTP_ONE_BY_ONE, Duration.ZERO);
        };

        assertThat(stage.run(host).result().deleted()).isEqualTo(new Amount(3, megabytes(6)));
    }

    @Test
    void verifiesDeletionsAfterADisconnect() {
        stage.fleet.instead = (order, onPruned) -> {
            // The engine went on deleting, but only one record was told.
            stage.fleet.deleteAsAnEngine(order, removed -> {
                if (removed.recordId().equals("leaf")) {
                    onPruned.accept(removed);
                }
            });
            host.with(aRecord("root").megabytes(3).record());
            throw new EngineUnreachableException(
                    new HostProblem(HostProblem.Cause.BAD_ANSWER, "The answer of host-1 was cut off."), null);
        };

        var run = stage.run(host);

        assertThat(run.state()).isEqualTo(RunState.PARTIAL);
        assertThat(run.message()).isEqualTo("The answer of host-1 was cut off.");
        assertThat(stage.outcomes(run))
                .containsOnly(
                        entry("leaf", "DELETED"),
                        entry(
                                "mid",
                                "DELETED: No longer in the cache, although the builder did not report its deletion"),
                        entry("root", "FAILED: Still in the cache; the builder did not report its deletion"));
        assertThat(stage.fleet.markedPruned.get(run.id()))
                .contains("leaf", "mid")
                .doesNotContain("root");
    }

    @Test
    void reportsTheRefusalOfTheEngine() {
        stage.fleet.instead = (order, onPruned) -> {
            throw new EngineRefusedException("host-1", "Control/Prune", "UNIMPLEMENTED", "unknown service");
        };

        var run = stage.run(host);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.message()).isEqualTo("host-1 refused Control/Prune with UNIMPLEMENTED: unknown service");
    }

    @Test
    void sendNothingToAHostThatDoesNotAnswer() {
        var run = stage.request(host);
        host.unreachable();

        stage.tick();

        run = stage.get(run);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.message())
                .isEqualTo("Host host-1 is unreachable: Nobody listens at the address. Nothing was deleted.");
        assertThat(stage.fleet.sent).isEmpty();
        assertThat(run.course().endedAt()).isNotNull();
    }

    @Test
    void sendNothingToAnotherEngine() {
        var run = stage.request(host);
        host.engineId = "engine-2";

        stage.tick();

        assertThat(stage.get(run).state()).isEqualTo(RunState.FAILED);
        assertThat(stage.get(run).message())
                .isEqualTo("Host host-1 now has a different engine than in the plan. Nothing was deleted.");
        assertThat(stage.fleet.sent).isEmpty();
    }

    @Test
    void skipsAllRecordsIfADifferentEngineResponds() {
        stage.fleet.instead = (order, onPruned) -> {
            throw new EngineUnreachableException(
                    new HostProblem(HostProblem.Cause.DIFFERENT_ENGINE, "Another engine answers at tcp://127.0.0.1:1."),
                    null);
        };

        var run = stage.run(host);

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.message()).isEqualTo("Another engine answers at tcp://127.0.0.1:1.");
        assertThat(stage.outcomes(run).values()).containsOnly("SKIPPED: Not reached: the run ended early");
    }

    @Test
    void sendNothingToAHostThatWasSwitchedOff() {
        var run = stage.request(host);
        host.enabled = false;

        stage.tick();

        assertThat(stage.get(run).message()).isEqualTo("Host host-1 is disabled. Nothing was deleted.");
        assertThat(stage.fleet.sent).isEmpty();
    }

    @Test
    void refuseAnOldPlan() {
        var run = stage.request(host);
        stage.clock.advance(Duration.ofHours(25));

        stage.tick();

        assertThat(stage.get(run).message())
                .isEqualTo(
                        "The plan is 1 d 1 h old, but plans are valid for 1 d. Create a new plan. Nothing was deleted.");
        assertThat(stage.fleet.sent).isEmpty();
    }

    private static ByteSize megabytes(long value) {
        return new ByteSize(value * 1_000_000);
    }
}
