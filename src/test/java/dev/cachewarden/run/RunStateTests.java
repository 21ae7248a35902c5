package dev.cachewarden.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cachewarden.rest.Caller;
import dev.cachewarden.run.RunNote.Code;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RunStateTests {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String US = "this replica";
    private static final Caller ADA = Caller.named("ada");

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            AWAITING_APPROVAL  | COUNTDOWN, CANCELED
            COUNTDOWN          | RUNNING, CANCELED
            WAITING_FOR_BUILDS | COUNTDOWN, RUNNING, FAILED, CANCELED
            RUNNING            | WAITING_FOR_BUILDS, VERIFYING, FAILED
            VERIFYING          | DONE, PARTIAL, FAILED, CANCELED
            DONE               | -
            PARTIAL            | -
            FAILED             | -
            CANCELED           | -
            """)
    void allowedTransitions(RunState from, String to) {
        var expected = to == null
                ? Set.of()
                : Stream.of(to.split(", ")).map(RunState::valueOf).collect(Collectors.toSet());

        assertThat(Arrays.stream(RunState.values()).filter(from::canBecome).collect(Collectors.toSet()))
                .isEqualTo(expected);
        assertThat(from.ended()).isEqualTo(expected.isEmpty());
    }

    /** A state does not change by a method that is meant for others. */
    @ParameterizedTest
    @EnumSource
    void changesFollowTheTransitions(RunState from) {
        List<Predicate<Run>> changes = List.of(
                run -> run.approve(ADA, NOW, NOW),
                run -> run.cancel(ADA, NOW),
                run -> run.claim(US, NOW),
                run -> run.beginWaiting(US, NOW),
                run -> run.endWaiting(US, NOW),
                run -> run.release(US),
                run -> run.releaseIfDead(NOW),
                run -> run.takeOver("another", NOW, NOW),
                run -> run.beginVerifying(US, NOW),
                run -> run.close(US, RunState.DONE, NOW));

        for (var change : changes) {
            var run = in(from, US);
            boolean changed;
            try {
                changed = change.test(run);
            } catch (IllegalStateException e) {
                changed = false;
            }
            var now = run.snapshot().state();
            assertThat(changed || now == from).as("changes nothing").isTrue();
            assertThat(now == from || from.canBecome(now))
                    .as(from + " to " + now)
                    .isTrue();
        }
    }

    @Test
    void anEmptyPlanIsDoneAtOnce() {
        var run = Run.request(true, true, NOW, NOW.plusSeconds(10)).snapshot();

        assertThat(run.state()).isEqualTo(RunState.DONE);
        assertThat(run.endedAt()).isEqualTo(NOW);
        assertThat(run.notes()).containsExactly(RunNote.of(Code.NOTHING_TO_DELETE));
    }

    @Test
    void aRunIsNotClaimedDuringItsCountdown() {
        var run = Run.request(false, false, NOW, NOW.plusSeconds(10));

        assertThat(run.claim(US, NOW.plusSeconds(9))).isFalse();
        assertThat(run.claim(US, NOW.plusSeconds(10))).isTrue();
        assertThat(run.snapshot().startedAt()).isEqualTo(NOW.plusSeconds(10));
    }

    @Test
    void theFirstCancellationCounts() {
        var run = in(RunState.RUNNING, US);

        assertThat(run.cancel(ADA, NOW)).isTrue();
        assertThat(run.cancel(Caller.named("grace"), NOW.plusSeconds(1))).isTrue();

        assertThat(run.snapshot().state()).isEqualTo(RunState.RUNNING);
        assertThat(run.snapshot().cancel()).isEqualTo(new RunView.By("ada", NOW, null, null));
    }

    @Test
    void onlyAnInterruptedDeletionIsNoted() {
        var running = in(RunState.RUNNING, US);
        var verifying = in(RunState.VERIFYING, US);

        assertThat(running.takeOver("another", NOW, NOW)).isTrue();
        assertThat(verifying.takeOver("another", NOW, NOW)).isTrue();

        assertThat(running.snapshot().notes()).containsExactly(RunNote.of(Code.TAKEN_OVER));
        assertThat(running.snapshot().state()).isEqualTo(RunState.VERIFYING);
        assertThat(verifying.snapshot().notes()).isEmpty();
        assertThat(verifying.snapshot().owner()).isEqualTo("another");
    }

    @Test
    void aReplicaThatLostItsRunChangesNothing() {
        var run = in(RunState.RUNNING, "another");

        assertThat(run.beginVerifying(US, NOW)).isFalse();
        assertThat(run.close(US, RunState.DONE, NOW)).isFalse();
        assertThat(run.snapshot().state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void aRunIsNotDoneBeforeItIsVerified() {
        var run = in(RunState.RUNNING, US);

        assertThatIllegalStateException()
                .isThrownBy(() -> run.close(US, RunState.DONE, NOW))
                .withMessage("A run that is RUNNING cannot become DONE");
    }

    private static Run in(RunState state, String owner) {
        var before = NOW.minusSeconds(60);
        return Run.of(new Run.Snapshot(
                state, before, owner, before, null, null, null, null, null, state.ended() ? before : null, List.of()));
    }
}
