package dev.cachewarden.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.plan.PlanView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunPaceTests {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    /** A thousand records of 10,000 bytes in all. */
    private static RunView run(RunState state, Amount deleted, Amount skipped) {
        var by = new RunView.By("ada", START, null, null);
        return new RunView(
                1,
                new PlanView.Target(new HostId(1), "host", new BuilderId(1), "engine"),
                new RunView.Plan(1, null, amount(1_000, 10_000)),
                state,
                new RunView.Request(RunTrigger.MANUAL, by, START, null, null),
                new RunView.Course(null, null, START, null, null, List.of()),
                new RunView.Result(deleted, skipped, Amount.NONE, null, null, null, null, null));
    }

    private static Amount amount(long records, long bytes) {
        return new Amount(records, new ByteSize(bytes));
    }

    @Test
    void estimatesRemainingTimeFromRecordsAndBytes() {
        // Half of the records with a fifth of the bytes.
        var run = run(RunState.RUNNING, amount(500, 2_000), Amount.NONE);

        assertThat(run.pace(START.plusSeconds(10)))
                .isEqualTo(new RunView.Pace(new ByteSize(200), Duration.ofSeconds(10), Duration.ofSeconds(40)));
    }

    @Test
    void whatWasSkippedIsNotLeft() {
        var run = run(RunState.RUNNING, amount(250, 2_500), amount(250, 2_500));

        assertThat(run.pace(START.plusSeconds(10)))
                .isEqualTo(new RunView.Pace(new ByteSize(250), Duration.ofSeconds(10), Duration.ofSeconds(10)));
    }

    @Test
    void recordsWithoutBytesGiveNoEndlessTime() {
        var run = run(RunState.RUNNING, amount(500, 0), Amount.NONE);

        assertThat(run.pace(START.plusSeconds(10))).isNotNull().satisfies(pace -> {
            assertThat(pace.atLeast()).isEqualTo(Duration.ofSeconds(10));
            assertThat(pace.atMost()).isGreaterThan(pace.atLeast());
            assertThat(pace.perSecond()).isEqualTo(ByteSize.ZERO);
        });
    }

    @Test
    void hasNoPaceBeforeTheFirstAndAfterTheLastRecord() {
        assertThat(run(RunState.RUNNING, Amount.NONE, Amount.NONE).pace(START.plusSeconds(10)))
                .isNull();
        assertThat(run(RunState.VERIFYING, amount(1_000, 10_000), Amount.NONE).pace(START.plusSeconds(10)))
                .isNull();
    }

    @Test
    void missedIsWhatWasPlannedAndDidNotGo() {
        assertThat(run(RunState.PARTIAL, amount(900, 9_000), amount(100, 1_000)).missed())
                .isEqualTo(new ByteSize(1_000));
        // Builders may tell of more bytes than the reading had.
        assertThat(run(RunState.DONE, amount(1_000, 10_001), Amount.NONE).missed())
                .isEqualTo(ByteSize.ZERO);
    }
}
