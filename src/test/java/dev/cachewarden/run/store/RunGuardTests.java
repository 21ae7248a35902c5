package dev.cachewarden.run.store;

import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.DiskSpace;
import dev.cachewarden.engine.pruning.PruneReport;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunView;
import dev.cachewarden.run.execution.RunStates;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How gently a run goes about it. */
class RunGuardTests {

    @RegisterExtension
    static final TestDatabase database = TestDatabase.create();

    @BeforeEach
    void clear() {
        database.clear();
    }

    private static PruneStage stage(int batchSize, Duration pause, Duration waitForBuilds, int stopAfterFailures) {
        var d = PruneSettings.defaults();
        return new PruneStage(
                database,
                new PruneSettings(
                        true,
                        d.countdown(),
                        batchSize,
                        pause,
                        waitForBuilds,
                        stopAfterFailures,
                        d.planValidFor(),
                        d.deadAfter(),
                        d.verifyFor(),
                        d.keepPlans(),
                        d.keepRuns(),
                        d.tick()));
    }

    private static PruneStage patient() {
        return stage(500, Duration.ZERO, Duration.ofMinutes(5), 50);
    }

    /** Records r0, r1, … of a megabyte each, to be deleted in this order. */
    private static FakeHost hostWith(PruneStage stage, int records) {
        var host = stage.host(1, "engine-1");
        IntStream.range(0, records)
                .forEach(i -> host.with(aRecord("r" + i).usedDaysAgo(100 - i).record()));
        return host;
    }

    private static void build(FakeHost host) {
        host.with(aRecord("building").inUse().record());
    }

    @Test
    void waitUntilNoBuildHoldsARecord() {
        var stage = patient();
        var host = hostWith(stage, 2);
        var run = stage.request(host);
        build(host);
        var seconds = new AtomicInteger();
        stage.whilePausing = () -> {
            assertThat(stage.get(run).state()).isEqualTo(RunState.WAITING_FOR_BUILDS);
            assertThat(stage.get(run).course().startedAt()).isNull();
            if (seconds.incrementAndGet() == 42) {
                host.records.remove("building");
            }
        };

        stage.tick();

        var ended = stage.get(run);
        assertThat(ended.state()).isEqualTo(RunState.DONE);
        assertThat(ended.message()).isNull();
        assertThat(seconds).hasValueBetween(42, 46);
        assertThat(ended.course().waitingSince()).isNotNull();
        assertThat(Duration.between(
                        ended.course().waitingSince(), ended.course().startedAt()))
                .isBetween(Duration.ofSeconds(42), Duration.ofSeconds(46));
        assertThat(host.records).isEmpty();
    }

    @Test
    void waitForABuildThatHoldsNothingYet() {
        var stage = patient();
        var host = hostWith(stage, 2);
        var run = stage.request(host);
        stage.fleet.building.add(stage.get(run).target().builder());
        var seconds = new AtomicInteger();
        stage.whilePausing = () -> {
            if (seconds.incrementAndGet() == 7) {
                stage.fleet.building.clear();
            }
        };

        stage.tick();

        assertThat(seconds).hasValueBetween(7, 12);
        assertThat(stage.get(run).state()).isEqualTo(RunState.DONE);
        assertThat(stage.get(run).course().waitingSince()).isNotNull();
    }

    @Test
    void goOnBesideBuildsThatDoNotEnd() {
        var stage = patient();
        var host = hostWith(stage, 2);
        var run = stage.request(host);
        build(host);
        host.with(aRecord("r1").usedDaysAgo(99).inUse().record());

        stage.tick();

        var ended = stage.get(run);
        assertThat(ended.state()).isEqualTo(RunState.DONE);
        assertThat(ended.message())
                .isEqualTo("Builds were still running after a wait of 5 min. Records in use were kept.");
        assertThat(Duration.between(
                        ended.course().waitingSince(), ended.course().startedAt()))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(stage.outcomes(run))
                .containsExactly(entry("r0", "DELETED"), entry("r1", "SKIPPED: In use by a running build"));
    }

    @Test
    void endAtOnceWhenCalledOffWhileItWaits() {
        var stage = patient();
        var host = hostWith(stage, 2);
        var run = stage.request(host);
        build(host);
        stage.whilePausing = () -> stage.runs.cancel(run.id(), new Caller("grace", "cw_4711", "192.0.2.7"));

        stage.tick();

        var ended = stage.get(run);
        assertThat(ended.state()).isEqualTo(RunState.CANCELED);
        assertThat(ended.message()).isEqualTo("Canceled while waiting for builds. Nothing was deleted.");
        assertThat(ended.course().cancel())
                .isNotNull()
                .extracting(RunView.By::name, RunView.By::token, RunView.By::address)
                .containsExactly("grace", "cw_4711", "192.0.2.7");
        assertThat(stage.fleet.sent).isEmpty();
    }

    @Test
    void restartsARunWhoseReplicaDiedWhileWaiting() {
        var stage = patient();
        var host = hostWith(stage, 2);
        var run = stage.request(host);
        build(host);
        stage.whilePausing = () -> {
            throw new IllegalStateException("kill -9");
        };
        stage.tick();
        assertThat(stage.get(run).state()).isEqualTo(RunState.WAITING_FOR_BUILDS);
        var since = stage.get(run).course().waitingSince();

        stage.whilePausing = () -> {};
        host.records.remove("building");
        stage.clock.advance(Duration.ofSeconds(61));
        stage.tick();

        assertThat(stage.get(run).state()).isEqualTo(RunState.DONE);
        assertThat(stage.get(run).course().waitingSince()).isEqualTo(since);
        assertThat(host.records).isEmpty();
    }

    @Test
    void keepEveryOtherRunFromTheEngineWhileItWaits() {
        var stage = patient();
        var host = hostWith(stage, 2);
        var run = stage.request(host);
        build(host);
        var twin = stage.host(2, "engine-1");
        twin.records = host.records;
        stage.whilePausing = () -> {
            host.records.remove("building");
            var plan = stage.plan(twin);
            long second = stage.states.insert(new RunStates.NewRun(
                    plan,
                    run.request().trigger(),
                    Caller.named("grace"),
                    null,
                    stage.clock.instant(),
                    stage.clock.instant(),
                    null));
            assertThat(stage.rows.startable(stage.clock.instant())).isEmpty();
            assertThat(stage.states.claim(second, "other", stage.clock.instant()))
                    .isFalse();
            stage.runs.cancel(second, Caller.named("grace"));
            stage.whilePausing = () -> {};
        };

        stage.tick();

        assertThat(stage.get(run).state()).isEqualTo(RunState.DONE);
    }

    @Test
    void pauseBetweenBatchesAndCheckWhatIsLeftAgain() {
        var stage = stage(2, Duration.ofSeconds(30), Duration.ZERO, 50);
        var host = hostWith(stage, 6);
        var seconds = new AtomicInteger();
        stage.whilePausing = () -> {
            if (seconds.incrementAndGet() == 10) {
                // A build uses one that was to go in the last batch, and another builds on one.
                host.with(
                        aRecord("r4").usedDaysAgo(96).uses(9).record(),
                        aRecord("child").on("r5").record());
            }
        };

        var run = stage.run(host);

        assertThat(seconds).hasValue(30);
        assertThat(stage.fleet.sent).containsExactly(List.of("r0", "r1"), List.of("r2", "r3"));
        assertThat(stage.outcomes(run))
                .contains(entry("r4", "SKIPPED: Used since the plan"), entry("r5", "SKIPPED: Its child child stays"));
        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.missed()).isEqualTo(new ByteSize(2_000_000));
        assertThat(stage.fleet.markedPruned.get(run.id()))
                .contains("r0", "r1", "r2", "r3")
                .doesNotContain("r4", "r5");
    }

    @Test
    void stopAPauseWhenTheRunIsStopped() {
        var stage = stage(2, Duration.ofHours(1), Duration.ZERO, 50);
        var host = hostWith(stage, 4);
        var seconds = new AtomicInteger();
        stage.whilePausing = () -> {
            if (seconds.incrementAndGet() == 3) {
                stage.runs.cancel(1, Caller.named("grace"));
            }
        };

        var run = stage.run(host);

        assertThat(seconds).hasValue(3);
        assertThat(run.state()).isEqualTo(RunState.CANCELED);
        assertThat(run.result().deleted().records()).isEqualTo(2);
    }

    @Test
    void endOnceTooMuchFailed() {
        var stage = stage(2, Duration.ZERO, Duration.ZERO, 3);
        var host = hostWith(stage, 10);
        stage.fleet.instead = (order, onPruned) ->
                new PruneReport(List.of(), ByteSize.ZERO, PruneReport.Method.CONTROL, Duration.ZERO);

        var run = stage.run(host);

        assertThat(stage.fleet.sent).as("two batches, three times each").hasSize(6);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.message()).isEqualTo("Stopped after 4 failures.");
        assertThat(run.result().failed().records()).isEqualTo(4);
        assertThat(run.result().skipped().records()).isEqualTo(6);
    }

    @Test
    void countNoFailureWhereABuildHoldsIt() {
        var stage = stage(1, Duration.ZERO, Duration.ZERO, 1);
        var host = hostWith(stage, 3);
        stage.fleet.instead = (order, onPruned) -> {
            host.with(aRecord("r0").usedDaysAgo(100).inUse().record());
            return stage.fleet.deleteAsAnEngine(order, onPruned);
        };

        var run = stage.run(host);

        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(stage.outcomes(run))
                .contains(entry("r0", "SKIPPED: Skipped by the builder: in use by a running build"));
        assertThat(run.result().deleted().records()).isEqualTo(2);
    }

    @Test
    void measureTheDiskWhereItCanBeSeen() {
        var stage = stage(500, Duration.ZERO, Duration.ZERO, 50);
        var host = hostWith(stage, 3);
        host.diskFree = new ByteSize(10_000_000);
        // Measured anew before and after: what was said before does not count.
        host.lastDisk = new DiskReading.Known(
                stage.clock.instant(), new DiskSpace(new ByteSize(99_000_000), new ByteSize(1_000_000)));
        stage.fleet.instead = (order, onPruned) -> {
            host.diskFree = new ByteSize(12_000_000);
            return stage.fleet.deleteAsAnEngine(order, onPruned);
        };

        var run = stage.run(host);

        assertThat(run.result().diskFreeBefore()).isEqualTo(new ByteSize(10_000_000));
        assertThat(run.result().diskFreeAfter()).isEqualTo(new ByteSize(12_000_000));
        assertThat(run.missed()).isEqualTo(ByteSize.ZERO);
    }

    @Test
    void marksDeletionsForEveryHostOfTheEngine() {
        var stage = stage(500, Duration.ZERO, Duration.ZERO, 50);
        var host = hostWith(stage, 1);
        stage.host(2, "engine-1").records = host.records;

        var run = stage.run(host);

        assertThat(stage.fleet.markedPruned.get(run.id())).containsExactly("r0", "r0");
    }

    @Test
    void keepWhoAskedFromWhere() {
        var stage = stage(500, Duration.ZERO, Duration.ZERO, 50);
        var plan = stage.plan(hostWith(stage, 1));

        var run = stage.runs.start(
                plan.id(), new RunRequest(new Caller("token ci", "cw_4711", "2001:db8::7"), Duration.ZERO, null));

        assertThat(run.request().by().name()).isEqualTo("token ci");
        assertThat(run.request().by().token()).isEqualTo("cw_4711");
        assertThat(run.request().by().address()).isEqualTo("2001:db8::7");
    }
}
