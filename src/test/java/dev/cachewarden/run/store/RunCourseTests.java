package dev.cachewarden.run.store;

import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.cachewarden.rest.Caller;
import dev.cachewarden.rest.ConflictException;
import dev.cachewarden.run.FakeHost;
import dev.cachewarden.run.PruneSettings;
import dev.cachewarden.run.RunEnded;
import dev.cachewarden.run.RunRequest;
import dev.cachewarden.run.RunState;
import dev.cachewarden.run.RunView;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When a run begins, goes on and ends. */
class RunCourseTests {

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
    void waitForTheEndOfTheCountdown() {
        var run = stage.runs.start(stage.plan(host).id(), RunRequest.by(Caller.named("ada")));

        stage.clock.advance(Duration.ofSeconds(9));
        stage.tick();
        assertThat(stage.get(run).state()).isEqualTo(RunState.COUNTDOWN);

        stage.clock.advance(Duration.ofSeconds(1));
        stage.tick();
        assertThat(stage.get(run).state()).isEqualTo(RunState.DONE);
    }

    @Test
    void neverBeginWhatWasCalledOff() {
        var run = stage.request(host);

        var cancelled = stage.runs.cancel(run.id(), Caller.named("grace"));
        stage.tick();

        assertThat(cancelled.state()).isEqualTo(RunState.CANCELED);
        assertThat(stage.events.of(RunEnded.class))
                .containsExactly(
                        new RunEnded(run.id(), run.target().builder(), RunState.CANCELED, stage.clock.instant()));
        assertThat(cancelled.message()).isEqualTo("Canceled before it started. Nothing was deleted.");
        assertThat(cancelled.course().cancel())
                .isNotNull()
                .extracting(RunView.By::name)
                .isEqualTo("grace");
        assertThat(stage.fleet.sent).isEmpty();
        assertThat(host.records).hasSize(3);
    }

    @Test
    void endAfterTheBatchInWhichItWasStopped() {
        stage = new PruneStage(database, batchesOf(2));
        database.clear();
        host = stage.host(1, "engine-1");
        IntStream.range(0, 5)
                .forEach(i -> host.with(aRecord("r" + i).usedDaysAgo(20 - i).record()));
        stage.fleet.instead = (order, onPruned) -> {
            stage.runs.cancel(1, Caller.named("grace"));
            return stage.fleet.deleteAsAnEngine(order, onPruned);
        };

        var run = stage.run(host);

        assertThat(run.state()).isEqualTo(RunState.CANCELED);
        assertThat(stage.fleet.sent).containsExactly(List.of("r0", "r1"));
        assertThat(stage.outcomes(run))
                .containsOnly(
                        entry("r0", "DELETED"),
                        entry("r1", "DELETED"),
                        entry("r2", "SKIPPED: Not reached: the run was canceled"),
                        entry("r3", "SKIPPED: Not reached: the run was canceled"),
                        entry("r4", "SKIPPED: Not reached: the run was canceled"));
        assertThat(run.result().deleted().records()).isEqualTo(2);
        assertThat(run.result().skipped().records()).isEqualTo(3);
    }

    @Test
    void refuseToStopWhatHasEnded() {
        var run = stage.run(host);

        assertThatExceptionOfType(ConflictException.class)
                .isThrownBy(() -> stage.runs.cancel(run.id(), Caller.named("grace")))
                .withMessage("Run 1 has already ended. Its state is Done.");
    }

    @Test
    void sendLargePlansInBatchesInOrder() {
        stage = new PruneStage(database, batchesOf(100));
        database.clear();
        host = stage.host(1, "engine-1");
        IntStream.range(0, 1_050)
                .forEach(i -> host.with(
                        i == 0
                                ? aRecord("r0").record()
                                : aRecord("r" + i).on("r" + (i - 1)).record()));

        var run = stage.run(host);

        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.result().deleted().records()).isEqualTo(1_050);
        assertThat(stage.fleet.sent).hasSize(11);
        assertThat(stage.fleet.sent.getFirst().getFirst()).isEqualTo("r1049");
        assertThat(stage.fleet.sent.getLast()).hasSize(50).last().isEqualTo("r0");
    }

    @Test
    void waitForTheEndOfARunFromOutside() {
        var run = stage.request(host);

        assertThat(stage.runs.await(run.id(), Duration.ZERO).state()).isEqualTo(RunState.COUNTDOWN);
        stage.tick();
        assertThat(stage.runs.await(run.id(), Duration.ofMinutes(1)).state()).isEqualTo(RunState.DONE);
    }

    private static PruneSettings batchesOf(int size) {
        var d = PruneSettings.defaults();
        return new PruneSettings(
                true,
                d.countdown(),
                size,
                d.pauseBetweenBatches(),
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
