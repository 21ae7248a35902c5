package dev.cachewarden.history.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.engine.RunningTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ReadingSlotsTests {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AtomicLong clock = new AtomicLong();
    private final RunningTime time = new RunningTime(clock::get);
    private final HandTimer timer = new HandTimer();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void slotIsFreeOnceItIsGivenBack() throws Exception {
        var slots = new ReadingSlots(1, LONG, RunningTime.OF_PROCESS);
        var first = slots.take(true);
        var second = taking(slots, true);
        assertThat(second).isNotDone();

        first.close();
        first.close();
        assertThat(second.get(2, TimeUnit.MINUTES)).isNotNull();
        assertThat(taking(slots, true)).as("giving back twice frees one").isNotDone();
    }

    @Test
    void slotOfOneWhoHangsIsFreeAfterAWhile() throws Exception {
        var slots = new ReadingSlots(1, Duration.ofMillis(20), RunningTime.OF_PROCESS);
        var hanging = slots.take(true);
        var next = slots.take(true);

        hanging.close();
        next.close();
        slots.take(true).close();
    }

    @Test
    void slotOfOneWhoAnsweredIsHeldUntilGivenBack() throws Exception {
        // Long enough to keep the slot before it is lost, on a busy machine too.
        var slots = new ReadingSlots(1, Duration.ofSeconds(2), RunningTime.OF_PROCESS);
        var kept = slots.take(true);
        kept.keep();
        // The timer frees slots in the order of their times: had it freed the first, it would have done so before this
        // one.
        var others = slots.take(false);
        slots.take(false).close();
        var next = taking(slots, true);
        assertThat(next).isNotDone();

        kept.close();
        others.close();
        assertThat(next.get(2, TimeUnit.MINUTES)).isNotNull();
    }

    @Test
    void hostsThatDidNotAnswerHaveSlotsOfTheirOwn() throws Exception {
        var slots = new ReadingSlots(1, LONG, RunningTime.OF_PROCESS);
        slots.take(false);

        slots.take(true).close();
        assertThat(taking(slots, false)).isNotDone();
    }

    @Test
    void slotIsNotLostWhileTheProcessDoesNotRun() throws Exception {
        var slots = new ReadingSlots(1, PATIENCE, time, timer);
        slots.take(true);
        clock.addAndGet(Duration.ofMinutes(1).toNanos());
        timer.runAll();
        var next = taking(slots, true);
        assertThat(next).isNotDone();

        passInTime(PATIENCE);
        timer.runAll();
        assertThat(next.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void onlySoManyLoseTheirSlotsAtATime() throws Exception {
        var slots = new ReadingSlots(1, PATIENCE, time, timer);
        var hanging = new ArrayList<ReadingSlots.Slot>();
        for (int i = 0; i < 4; i++) {
            hanging.add(slots.take(true));
            passInTime(PATIENCE);
            timer.runAll();
        }
        var next = taking(slots, true);
        timer.runAll();
        assertThat(next).as("three lost their slots, the fourth has it").isNotDone();
        slots.take(false).close();

        hanging.getFirst().close();
        timer.runAll();
        assertThat(next.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    private void passInTime(Duration span) {
        for (var left = span; left.isPositive(); left = left.minusMillis(100)) {
            clock.addAndGet(Duration.ofMillis(100).toNanos());
            time.tick();
        }
    }

    /** Runs what is due when it is told to. */
    private static final class HandTimer extends ScheduledThreadPoolExecutor {

        private final List<Runnable> due = new ArrayList<>();

        HandTimer() {
            super(0);
        }

        @Override
        public synchronized ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            due.add(task);
            return super.schedule(() -> {}, 1, TimeUnit.DAYS);
        }

        synchronized void runAll() {
            var now = List.copyOf(due);
            due.clear();
            now.forEach(Runnable::run);
        }
    }

    private static CompletableFuture<ReadingSlots.Slot> taking(ReadingSlots slots, boolean answered) {
        var taken = new CompletableFuture<ReadingSlots.Slot>();
        Thread.ofVirtual().start(() -> {
            try {
                taken.complete(slots.take(answered));
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        return taken;
    }
}
