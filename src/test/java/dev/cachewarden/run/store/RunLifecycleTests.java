package dev.cachewarden.run.store;

import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.engine.pruning.PruneReport;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.rest.NotFoundException;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunTrigger;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.Runs.RunFilter;
import dev.cachewarden.run.execution.RunStates;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs over crashes, over replicas, over repeats and over approval. */
class RunLifecycleTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    private final PruneStage stage = new PruneStage(database);
    private FakeHost host;

    @BeforeEach
    void aHostWithThreeRecords() {
        database.clear();
        host = stage.host(1, "engine-1")
                .with(
                        aRecord("a").usedDaysAgo(30).record(),
                        aRecord("b").usedDaysAgo(20).record(),
                        aRecord("c").usedDaysAgo(10).record());
    }

    /** A replica whose call to the engine ends in its own death after some records. */
    private void dieAfter(String... deleted) {
        stage.fleet.instead = (order, onPruned) -> {
            for (String id : deleted) {
                host.records.remove(id);
            }
            throw new IllegalStateException("kill -9");
        };
        stage.tick();
        stage.fleet.instead = null;
    }

    @Test
    void closeTruthfullyWhatACrashLeftOpen() {
        var run = stage.request(host);
        dieAfter("a", "b");
        assertThat(stage.get(run).state()).isEqualTo(RunState.RUNNING);

        stage.clock.advance(Duration.ofSeconds(61));
        stage.tick();

        run = stage.get(run);
        assertThat(run.state()).isEqualTo(RunState.PARTIAL);
        assertThat(run.message())
                .isEqualTo("Cachewarden stopped during the run. The result was read from the builder afterwards.");
        assertThat(stage.outcomes(run))
                .containsOnly(
                        entry("a", "DELETED: No longer in the cache, although the builder did not report its deletion"),
                        entry("b", "DELETED: No longer in the cache, although the builder did not report its deletion"),
                        entry("c", "FAILED: Still in the cache; the builder did not report its deletion"));
        assertThat(stage.fleet.markedPruned.get(run.id())).containsExactlyInAnyOrder("a", "b");
        assertThat(stage.fleet.sent).hasSize(1);
    }

    @Test
    void closeAsFailedWhatACrashLeftBeforeAnythingWasSent() {
        var run = stage.request(host);
        stage.fleet.beforeReading = () -> {
            throw new IllegalStateException("kill -9");
        };
        stage.tick();
        stage.fleet.beforeReading = () -> {};
        host.records.remove("a");

        stage.clock.advance(Duration.ofSeconds(61));
        stage.tick();

        assertThat(stage.get(run).state()).isEqualTo(RunState.FAILED);
        assertThat(stage.outcomes(run).values()).containsOnly("SKIPPED: Not reached: the run ended early");
        assertThat(stage.fleet.markedPruned).isEmpty();
    }

    @Test
    void keepsARunWhileItsReplicaIsAlive() {
        var run = stage.request(host);
        dieAfter("a");

        stage.clock.advance(stage.settings.deadAfter().minusSeconds(1));
        stage.tick();

        assertThat(stage.get(run).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void keepALongRunAliveByItsHeartbeat() throws Exception {
        var inside = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        stage.fleet.instead = (order, onPruned) -> {
            inside.countDown();
            await(release);
            return stage.fleet.deleteAsAnEngine(order, onPruned);
        };
        var busy = stage.dispatcher(task -> Thread.ofVirtual().start(task));
        var run = stage.request(host);
        busy.tick(stage.clock.instant());
        inside.await();

        for (int i = 0; i < 5; i++) {
            stage.clock.advance(stage.settings.deadAfter().minusSeconds(5));
            busy.tick(stage.clock.instant());
            stage.tick();
        }
        assertThat(stage.get(run).state()).isEqualTo(RunState.RUNNING);
        release.countDown();

        assertThat(stage.runs.await(run.id(), Duration.ofSeconds(30)).state()).isEqualTo(RunState.DONE);
    }

    @Test
    void writeNothingMoreOnceTakenForDead() throws Exception {
        var inside = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        stage.fleet.instead = (order, onPruned) -> {
            inside.countDown();
            await(release);
            return stage.fleet.deleteAsAnEngine(order, onPruned);
        };
        var ended = new CountDownLatch(1);
        var frozen = stage.dispatcher(task -> Thread.ofVirtual().start(() -> {
            task.run();
            ended.countDown();
        }));
        var run = stage.request(host);
        frozen.tick(stage.clock.instant());
        inside.await();

        stage.clock.advance(Duration.ofSeconds(61));
        stage.tick();
        var closed = stage.get(run);
        var outcomes = stage.outcomes(run);
        release.countDown();
        ended.await();

        assertThat(closed.state()).isEqualTo(RunState.FAILED);
        assertThat(stage.get(run)).isEqualTo(closed);
        assertThat(stage.outcomes(run)).isEqualTo(outcomes);
    }

    @Test
    void tryAgainToReadBackFromAHostThatIsDown() {
        var run = stage.request(host);
        stage.fleet.instead = (order, onPruned) -> {
            var report = stage.fleet.deleteAsAnEngine(order, onPruned);
            host.unreachable();
            return report;
        };
        stage.tick();
        assertThat(stage.get(run).state()).isEqualTo(RunState.VERIFYING);

        stage.clock.advance(Duration.ofMinutes(10));
        stage.tick();
        assertThat(stage.get(run).state()).isEqualTo(RunState.VERIFYING);

        host.problem = null;
        stage.clock.advance(Duration.ofMinutes(10));
        stage.tick();
        assertThat(stage.get(run).state()).isEqualTo(RunState.DONE);
        assertThat(stage.get(run).message()).isNull();
    }

    @Test
    void reportsUnknownOutcomesIfTheHostStaysUnreachable() {
        var run = stage.request(host);
        stage.fleet.instead = (order, onPruned) -> {
            host.unreachable();
            onPruned.accept(new PrunedRecord("a", new ByteSize(1_000_000)));
            return new PruneReport(List.of(), ByteSize.ZERO, PruneReport.Method.CONTROL, Duration.ZERO);
        };
        stage.tick();

        stage.clock.advance(Duration.ofMinutes(61));
        stage.tick();

        run = stage.get(run);
        assertThat(run.state()).isEqualTo(RunState.PARTIAL);
        assertThat(run.result().cacheAfter()).isNull();
        assertThat(run.message())
                .isEqualTo("The cache could not be read after the run: Nobody listens at the address.");
        assertThat(stage.outcomes(run).get("b"))
                .isEqualTo(
                        "FAILED: Unknown: the builder did not report its deletion, and its cache could not be read since");
    }

    @Test
    void letOneOfTwoReplicasRunIt() {
        var run = stage.request(host);
        var others = stage.dispatcher(Runnable::run);

        var mine = CompletableFuture.runAsync(stage::tick);
        others.tick(stage.clock.instant());
        mine.join();

        assertThat(stage.get(run).state()).isEqualTo(RunState.DONE);
        assertThat(stage.fleet.sent).hasSize(1);
    }

    @Test
    void letOneOfTwoReplicasTakeOver() {
        var run = stage.request(host);
        dieAfter("a");
        var now = stage.clock.instant().plusSeconds(61);
        var deadSince = now.minusSeconds(60);

        assertThat(stage.rows.orphaned(deadSince)).containsExactly(run.id());
        assertThat(stage.states.change(run.id(), it -> it.takeOver("one", deadSince, now)))
                .isTrue();
        assertThat(stage.states.change(run.id(), it -> it.takeOver("other", deadSince, now)))
                .isFalse();
    }

    @Test
    void runOneAtATimeOnAnEngineBehindTwoAddresses() {
        var other = stage.host(2, "engine-1");
        other.records = host.records;
        var first = stage.request(host);
        // Asked for at the same moment on another replica, which could not see the first.
        var second = secondRunInSpite(other);
        var seen = new Object() {
            boolean secondWaited;
        };
        stage.fleet.instead = (order, onPruned) -> {
            stage.dispatcher(Runnable::run).tick(stage.clock.instant());
            seen.secondWaited |= stage.get(second).state() == RunState.COUNTDOWN
                    || stage.get(first).state().ended();
            return stage.fleet.deleteAsAnEngine(order, onPruned);
        };

        stage.tick();
        stage.tick();

        assertThat(seen.secondWaited).isTrue();
        assertThat(stage.get(first).state()).isEqualTo(RunState.DONE);
        assertThat(stage.get(second).state()).isEqualTo(RunState.DONE);
        assertThat(stage.get(second).course().startedAt()).isNotNull();
    }

    private RunView secondRunInSpite(FakeHost other) {
        var plan = stage.plan(other);
        long id = stage.states.insert(new RunStates.NewRun(
                plan,
                RunTrigger.MANUAL,
                Caller.named("grace"),
                null,
                stage.clock.instant(),
                stage.clock.instant(),
                null));
        return stage.runs.find(id).orElseThrow();
    }

    @Test
    void refuseASecondRunOnTheSameEngine() {
        var first = stage.request(host);

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> stage.request(host))
                .withMessage(
                        "Run " + first.id()
                                + " of this engine was requested at 2026-09-01 12:00 UTC and has not ended. Wait until it ends, or cancel it.");
    }

    @Test
    void giveTheFirstRunAgainForTheSameKey() {
        var plan = stage.plan(host);
        var request = new RunRequest(Caller.named("ada"), Duration.ZERO, "key-1");

        var first = stage.runs.start(plan.id(), request);
        stage.tick();
        var again = stage.runs.start(plan.id(), request);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(stage.runs.list(RunFilter.ALL, null, 10).items()).hasSize(1);
        var other = stage.plan(host);
        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> stage.runs.start(other.id(), request))
                .withMessage("This Idempotency-Key was already used for plan 1. Use a new key for plan 2.");
    }

    @Test
    void runAPlanOnce() {
        var run = stage.run(host);

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> stage.runs.start(run.plan().id(), RunRequest.by(Caller.named("ada"))))
                .withMessage("Plan 1 was already run, as run 1. Create a new plan to run again.");
    }

    @Test
    void endARunOfAnEmptyPlanAtOnceAndRefuseOneThatIsNotThere() {
        host.records.clear();
        var plan = stage.plan(host);

        var run = stage.runs.start(plan.id(), RunRequest.by(Caller.named("ada")));
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.message()).isEqualTo("There was nothing to delete.");
        assertThat(run.course().endedAt()).isEqualTo(stage.clock.instant());
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> stage.runs.start(99, RunRequest.by(Caller.named("ada"))))
                .withMessage("There is no plan 99.");
    }

    @Test
    void listRunsNewestFirstInParts() {
        var first = stage.run(host);
        host.with(aRecord("d").record());
        var second = stage.run(host);
        host.with(aRecord("e").record());
        var third = stage.request(host);

        var page = stage.runs.list(RunFilter.ALL, null, 2);
        assertThat(page.items()).extracting(RunView::id).containsExactly(third.id(), second.id());
        var rest = stage.runs.list(RunFilter.ALL, page.next(), 2);
        assertThat(rest.items()).extracting(RunView::id).containsExactly(first.id());
        assertThat(rest.next()).isNull();
        assertThat(stage.runs
                        .list(new RunFilter(Set.of(RunState.DONE), host.builder(), null), null, 10)
                        .items())
                .extracting(RunView::id)
                .containsExactly(second.id(), first.id());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
