package dev.cachewarden.run.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoppableCallTests {

    @Test
    void returnsWhatTheCallReturns() {
        assertThat(StoppableCall.of("call", () -> 7, () -> false)).isEqualTo(7);
    }

    @Test
    void throwsWhatTheCallThrows() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> StoppableCall.of(
                        "call",
                        () -> {
                            throw new IllegalArgumentException("no");
                        },
                        () -> false))
                .withMessage("no");
    }

    @Test
    void aStopBreaksOffACallThatHangs() {
        var interrupted = new AtomicBoolean();

        int result = StoppableCall.of("call", () -> hang(interrupted), () -> true, Duration.ZERO);

        assertThat(result).isEqualTo(1);
        assertThat(interrupted).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void anInterruptBreaksItOffToo() throws InterruptedException {
        var interrupted = new AtomicBoolean();
        var stillSet = new AtomicBoolean();
        var caller = Thread.ofVirtual().start(() -> {
            StoppableCall.of("call", () -> hang(interrupted), () -> false);
            stillSet.set(Thread.currentThread().isInterrupted());
        });

        caller.interrupt();
        caller.join();

        assertThat(interrupted).isTrue();
        assertThat(stillSet).isTrue();
    }

    private static int hang(AtomicBoolean interrupted) {
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            interrupted.set(true);
            return 1;
        }
    }
}
