package dev.cachewarden.build.intake;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** One of a limited number of places. It is released once, even if it is closed several times. */
final class Opening implements AutoCloseable {

    private final Semaphore places;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Opening(Semaphore places) {
        this.places = places;
    }

    /** Waits for a place. */
    static Opening of(Semaphore places) throws InterruptedException {
        places.acquire();
        return new Opening(places);
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            places.release();
        }
    }
}
