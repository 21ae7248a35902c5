package dev.cachewarden.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cachewarden.engine.TimeLimit.Work;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With a clock that goes when it is told to. */
@Timeout(60)
class TimeLimitTests {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final AtomicLong clock = new AtomicLong();
    private final RunningTime running = new RunningTime(clock::get);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void hostThatDoesNotAnswerIsGivenUp() throws Exception {
        var result = limited(time -> time.of(this::hang));
        reached.await();
        pass(LIMIT);

        assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void acceptsAResponseAfterAProcessPause() throws Exception {
        var result = limited(time -> time.of(this::hang));
        reached.await();
        clock.addAndGet(LIMIT.multipliedBy(5).toNanos());
        running.tick();
        released.countDown();

        assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo("answer");
    }

    @Test
    void whatIsDoneWithAnAnswerIsNotTheHostsTime() throws Exception {
        var result = limited(time -> {
            time.of(() -> "answer");
            return hang();
        });
        reached.await();
        pass(LIMIT.multipliedBy(3));
        released.countDown();

        assertThat(result.get(30, TimeUnit.SECONDS)).isEqualTo("answer");
    }

    @Test
    void waitsForOnePartAfterTheOtherAddUp() throws Exception {
        var result = limited(time -> {
            for (int i = 0; i < 4; i++) {
                time.of(() -> pass(LIMIT.dividedBy(4)));
            }
            return hang();
        });

        assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void timesOutEvenIfTheProcessHardlyRuns() throws Exception {
        var result = limited(time -> time.of(this::hang));
        reached.await();
        clock.addAndGet(LIMIT.multipliedBy(10).toNanos());

        assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void readsOfAnAnswerCount() throws Exception {
        var time = new HostTime(running);
        try (var answer = time.reading(new ByteArrayInputStream(new byte[] {1, 2, 3}) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                pass(Duration.ofMillis(100));
                return super.read(buffer, offset, length);
            }

            @Override
            public synchronized int read() {
                pass(Duration.ofMillis(200));
                return super.read();
            }
        })) {
            assertThat(answer.read()).isEqualTo(1);
            assertThat(answer.read(new byte[8])).isEqualTo(2);
        }
        assertThat(time.spent()).isEqualTo(Duration.ofMillis(300));
    }

    private String hang() throws InterruptedException {
        reached.countDown();
        released.await();
        return "answer";
    }

    private boolean pass(Duration span) {
        for (var left = span; left.isPositive(); left = left.minusMillis(50)) {
            clock.addAndGet(Duration.ofMillis(50).toNanos());
            running.tick();
        }
        return true;
    }

    private CompletableFuture<String> limited(Work<String> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return TimeLimit.limited(LIMIT, "a test", work, running);
            } catch (ExecutionException | InterruptedException | TimeoutException e) {
                throw new CompletionException(e);
            }
        });
    }
}
