package dev.cachewarden.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Measures the time that Cachewarden waits for a host. The processing of answers in between does not count. */
public final class HostTime {

    private final RunningTime time;
    private long spent;
    private long turnBegan;
    private boolean hostsTurn;

    public HostTime(RunningTime time) {
        this.time = time;
    }

    /** An operation that waits for a host. */
    @FunctionalInterface
    public interface Wait<T, X extends Exception> {
        T answer() throws X;
    }

    /** Counts the duration of one wait. */
    public <T, X extends Exception> T of(Wait<T, X> wait) throws X {
        begin();
        try {
            return wait.answer();
        } finally {
            end();
        }
    }

    /** Returns a view of the stream that counts the duration of its reads. */
    public InputStream reading(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                return of(super::read);
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return of(() -> super.read(buffer, offset, length));
            }
        };
    }

    private synchronized void begin() {
        turnBegan = time.nanos();
        hostsTurn = true;
    }

    private synchronized void end() {
        spent += time.nanos() - turnBegan;
        hostsTurn = false;
    }

    /** Returns the duration of all waits so far, including a wait in progress. */
    public synchronized Duration spent() {
        return Duration.ofNanos(spent + (hostsTurn ? time.nanos() - turnBegan : 0));
    }
}
