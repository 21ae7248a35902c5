package dev.cachewarden.run.store;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Component;

/** The signal that wakes threads that wait for a run to end. */
@Component
class RunEnds {

    private final AtomicReference<CountDownLatch> next = new AtomicReference<>(new CountDownLatch(1));

    /** Signals that a run ended on this replica. */
    void signal() {
        next.getAndSet(new CountDownLatch(1)).countDown();
    }

    /**
     * Waits until any run ends on this replica, or until the time is over.
     *
     * @return false if the time is over
     */
    boolean await(Duration atMost) {
        try {
            return next.get().await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
