package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunningTimeTests {

    private final AtomicLong clock = new AtomicLong(5);
    private final RunningTime time = new RunningTime(clock::get);

    @Test
    void passesLikeTheClockWhileTheProcessRuns() {
        try (var use = time.use()) {
            long before = time.nanos();
            passInTime(Duration.ofSeconds(30));

            assertThat(Duration.ofNanos(time.nanos() - before)).isEqualTo(Duration.ofSeconds(30));
            assertThat(use.lasted()).isEqualTo(Duration.ofSeconds(30));
            assertThat(use.lost()).isZero();
            assertThat(use.delayed()).isFalse();
        }
    }

    @Test
    void excludesTimeWhileTheProcessIsPaused() {
        try (var use = time.use()) {
            long before = time.nanos();
            clock.addAndGet(Duration.ofHours(1).toNanos());

            assertThat(Duration.ofNanos(time.nanos() - before)).isEqualTo(RunningTime.LONGEST_TICK);
            time.tick();
            assertThat(Duration.ofNanos(time.nanos() - before))
                    .as("a tick that comes late counts once")
                    .isEqualTo(RunningTime.LONGEST_TICK);
            assertThat(use.lost()).isEqualTo(Duration.ofHours(1).minus(RunningTime.LONGEST_TICK));
            assertThat(use.delayed()).isTrue();
        }
    }

    @Test
    void neverGoesBack() {
        long last = time.nanos();
        for (int i = 1; i <= 50; i++) {
            clock.addAndGet(Duration.ofMillis(i * 13L % 400).toNanos());
            long now = time.nanos();
            assertThat(now).isGreaterThanOrEqualTo(last);
            time.tick();
            assertThat(time.nanos()).isEqualTo(now);
            last = now;
        }
    }

    @Test
    void whatPassesBetweenTwoUsesDoesNotCount() {
        time.use().close();
        clock.addAndGet(Duration.ofMillis(200).toNanos());
        try (var use = time.use()) {
            passInTime(Duration.ofSeconds(1));
            assertThat(use.lost()).isZero();
            assertThat(use.lasted()).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void littleThatIsLostIsNoDelay() {
        try (var use = time.use()) {
            passInTime(Duration.ofSeconds(9));
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            time.tick();

            assertThat(use.lost()).isPositive();
            assertThat(use.delayed()).isFalse();
        }
    }

    private void passInTime(Duration span) {
        for (var left = span; left.isPositive(); left = left.minus(RunningTime.TICK)) {
            clock.addAndGet(RunningTime.TICK.toNanos());
            time.tick();
        }
    }
}
