package dev.cachewarden.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RepeatedStepTests {

    private static final Duration SOON = Duration.ofMinutes(2);

    private final AtomicInteger times = new AtomicInteger();
    private volatile boolean failing;
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    private final RepeatedStep step = new RepeatedStep(new Repeater(), "Trying it", Duration.ZERO, Duration.ZERO) {
        @Override
        protected void step() {
            thread.set(Thread.currentThread());
            times.incrementAndGet();
            if (failing) {
                throw new IllegalStateException("the database is away");
            }
        }
    };

    @AfterEach
    void stop() {
        step.stop();
    }

    @Test
    void isRepeatedUntilItIsStopped() {
        step.start();
        await().atMost(SOON).until(() -> times.get() > 2);
        assertThat(step.isRunning()).isTrue();

        step.stop();

        assertThat(step.isRunning()).isFalse();
        await().atMost(SOON).until(() -> thread.get() instanceof Thread last && !last.isAlive());
    }

    @Test
    void continuesAfterFailuresAndLogsThemOnce(CapturedOutput output) {
        failing = true;
        step.start();
        await().atMost(SOON).until(() -> times.get() > 5);
        failing = false;
        await().atMost(SOON).until(() -> output.getOut().contains("Trying it works again"));

        assertThat(output).containsOnlyOnce("Trying it failed; will retry");
    }

    @Test
    void continuesAfterAJavaError() {
        var thrown = new AtomicInteger();
        var repetition = new Repeater().repeat("Trying it", Duration.ZERO, () -> {
            if (thrown.getAndIncrement() < 3) {
                throw new OutOfMemoryError("not really");
            }
        });

        await().atMost(SOON).until(() -> thrown.get() > 5);
        repetition.stop();
    }

    @Test
    void runsAtOnceWhenItIsWokenUp() {
        var repetition = new Repeater().repeat("Trying it", Duration.ofDays(1), times::incrementAndGet);
        await().atMost(SOON).until(() -> times.get() == 1);

        repetition.wakeUp();

        await().atMost(SOON).until(() -> times.get() == 2);
        repetition.stop();
    }

    @Test
    void wakingUpDoesNotLetItOverlapOrRunTwice() {
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var repetition = new Repeater().repeat("Trying it", Duration.ofDays(1), () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.yield();
            times.incrementAndGet();
            inside.decrementAndGet();
        });

        for (int i = 0; i < 200; i++) {
            repetition.wakeUp();
            Thread.yield();
        }

        int woken = times.get();
        assertThat(woken).isLessThanOrEqualTo(201);
        assertThat(most.get()).isLessThanOrEqualTo(1);
        await().atMost(SOON).until(() -> times.get() >= 1);
        repetition.stop();
    }

    @Test
    void restartsAfterAStop() {
        step.start();
        step.stop();
        int before = times.get();
        step.start();

        await().atMost(SOON).until(() -> times.get() > before + 2);
    }

    @Test
    void startsOnlyIfEnabledAndReleasesOncePerStart() {
        var enabled = new AtomicBoolean();
        var released = new AtomicInteger();
        var guarded = new RepeatedStep(new Repeater(), "Trying it", Duration.ofMinutes(5)) {
            @Override
            protected boolean enabled() {
                return enabled.get();
            }

            @Override
            protected void step() {
                times.incrementAndGet();
            }

            @Override
            protected void release() {
                released.incrementAndGet();
            }
        };

        guarded.start();
        assertThat(guarded.isRunning()).isFalse();
        guarded.stop();
        assertThat(released).hasValue(0);

        enabled.set(true);
        guarded.start();
        assertThat(guarded.isRunning()).isTrue();
        guarded.stop();
        guarded.stop();
        assertThat(released).hasValue(1);
        assertThat(times).as("steps before the first pause ended").hasValue(0);
    }
}
