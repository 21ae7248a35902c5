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
 * Limits the number of readings in memory. A reading that takes a slot and gets no response in time loses the slot to the next one. Hosts
 * that hang therefore do not delay other hosts. Hosts that failed the last time have slots of their own.
 *
 * <p>The time is measured in {@link RunningTime}, and the number of lost slots is limited, too. Otherwise an overloaded service would treat
 * every host as a hanging one, read more and more hosts in parallel, and become even slower.
 */
final class ReadingSlots {

    /** The maximum number of lost slots, as a multiple of the number of slots. */
    private static final int LOST_BY_ANSWERING = 3;

    /** A larger multiple, since these hosts rarely return a reading that needs memory. */
    private static final int LOST_BY_SILENT = 10;

    private final Pool answering;
    private final Pool silent;
    private final Duration patience;
    private final RunningTime time;
    private final ScheduledExecutorService timer;

    /** @param patience time after which a taken slot becomes free again */
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

    /** @param lost permits to lose a slot and continue without one */
    private record Pool(Semaphore slots, Semaphore lost) {}

    /**
     * Waits for a slot.
     *
     * @param answered whether the last reading of the host succeeded
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

    /** A slot. Closing it returns it to the pool, unless the reading lost it before. */
    final class Slot implements AutoCloseable {

        private final Pool pool;
        private final RunningTime.Use use = time.use();
        private final long takenAt = time.nanos();
        private State state = State.HELD;
        private boolean kept;
        private @Nullable Future<?> end;

        private Slot(Pool pool) {
            this.pool = pool;
            check(patience.toNanos());
        }

        private synchronized void check(long afterNanos) {
            if (state == State.HELD && !kept) {
                end = timer.schedule(this::releaseIfOverdue, afterNanos, TimeUnit.NANOSECONDS);
            }
        }

        private synchronized void releaseIfOverdue() {
            if (state != State.HELD || kept) {
                return;
            }
            long left = takenAt + patience.toNanos() - time.nanos();
            if (left > 0) {
                check(left);
            } else if (pool.lost().tryAcquire()) {
                state = State.LOST;
                pool.slots().release();
            } else {
                check(patience.toNanos());
            }
        }

        /** Keeps the slot until it is closed, unless the reading lost it already. */
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
