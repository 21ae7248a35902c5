package dev.cachewarden.history.poll;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds how many readings are in memory at a time. Whoever takes a slot and does not answer soon loses it to the next, so hosts that
 * hang do not hold up those that answer; and those that did not answer last time have slots of their own.
 */
final class ReadingSlots {

    private final Semaphore answering;
    private final Semaphore silent;
    private final Duration patience;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("reading-slots").factory());

    /** @param patience after which a slot that was taken is free again */
    ReadingSlots(int count, Duration patience) {
        this.answering = new Semaphore(count);
        this.silent = new Semaphore(count);
        this.patience = patience;
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(5, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /**
     * Waits for a slot.
     *
     * @param answered whether the host did the last time
     */
    Slot take(boolean answered) throws InterruptedException {
        var slots = answered ? answering : silent;
        slots.acquire();
        return new Slot(slots);
    }

    /** Given back by closing it, at the latest. */
    final class Slot implements AutoCloseable {

        private final AtomicBoolean taken = new AtomicBoolean(true);
        private final Semaphore slots;
        private final Future<?> end;

        private Slot(Semaphore slots) {
            this.slots = slots;
            this.end = timer.schedule(this::giveBack, patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** From now on it is held until it is closed, unless it was lost already. */
        void keep() {
            end.cancel(false);
        }

        private void giveBack() {
            if (taken.compareAndSet(true, false)) {
                slots.release();
            }
        }

        @Override
        public void close() {
            end.cancel(false);
            giveBack();
        }
    }
}
