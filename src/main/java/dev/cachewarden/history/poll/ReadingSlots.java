package dev.cachewarden.history.poll;

import dev.cachewarden.engine.RunningTime;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many readings are in memory at a time. Whoever takes a slot and does not answer soon loses it to the next, so hosts that
 * hang do not hold up those that answer; and those that did not answer last time have slots of their own.
 *
 * <p>How soon is measured in {@link RunningTime}, and how many may have lost their slots at a time is bounded too. Otherwise a service that
 * cannot keep up would take every host for one that hangs, ask ever more of them at once, and keep up even less.
 */
final class ReadingSlots {

    /** So many times the number of slots may be lost at a time. */
    private static final int LOST_BY_ANSWERING = 3;

    /** More, since nothing much comes of them. */
    private static final int LOST_BY_SILENT = 10;

    private final Pool answering;
    private final Pool silent;
    private final Duration patience;
    private final RunningTime time;
    private final ScheduledExecutorService timer;

    /** @param patience after which a slot that was taken is free again */
    ReadingSlots(int count, Duration patience, RunningTime time) {
        this(count, patience, time, timer());
    }

    ReadingSlots(int count, Duration patience, RunningTime time, ScheduledExecutorService timer) {
        this.answering = new Pool(new Semaphore(count), new Semaphore(LOST_BY_ANSWERING * count));
        this.silent = new Pool(new Semaphore(count), new Semaphore(LOST_BY_SILENT * count));
        this.patience = patience;
        this.time = time;
        this.timer = timer;
    }

    private static ScheduledExecutorService timer() {
        var timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("reading-slots").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(5, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** @param lost permits to lose a slot and go on without one */
    private record Pool(Semaphore slots, Semaphore lost) {}

    /**
     * Waits for a slot.
     *
     * @param answered whether the host did the last time
     */
    Slot take(boolean answered) throws InterruptedException {
        var pool = answered ? answering : silent;
        pool.slots().acquire();
        return new Slot(pool);
    }

    private enum State {
        HELD,
        LOST,
        CLOSED
    }

    /** Given back by closing it, at the latest. */
    final class Slot implements AutoCloseable {

        private final Pool pool;
        private final RunningTime.Use use = time.use();
        private final long takenAt = time.nanos();
        private State state = State.HELD;
        private boolean kept;
        private @Nullable Future<?> end;

        private Slot(Pool pool) {
            this.pool = pool;
            look(patience.toNanos());
        }

        private synchronized void look(long afterNanos) {
            if (state == State.HELD && !kept) {
                end = timer.schedule(this::loseIfDue, afterNanos, TimeUnit.NANOSECONDS);
            }
        }

        private synchronized void loseIfDue() {
            if (state != State.HELD || kept) {
                return;
            }
            long left = takenAt + patience.toNanos() - time.nanos();
            if (left > 0) {
                look(left);
            } else if (pool.lost().tryAcquire()) {
                state = State.LOST;
                pool.slots().release();
            } else {
                look(patience.toNanos());
            }
        }

        /** From now on it is held until it is closed, unless it was lost already. */
        synchronized void keep() {
            kept = true;
            cancel();
        }

        private void cancel() {
            if (end != null) {
                end.cancel(false);
            }
        }

        @Override
        public synchronized void close() {
            cancel();
            switch (state) {
                case HELD -> pool.slots().release();
                case LOST -> pool.lost().release();
                case CLOSED -> {
                    return;
                }
            }
            state = State.CLOSED;
            use.close();
        }
    }
}
