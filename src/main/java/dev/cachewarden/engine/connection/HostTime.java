package dev.cachewarden.engine.connection;

import dev.cachewarden.engine.RunningTime;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** How long a host takes: what passes while we wait for it, without what we do with its answer in between. */
public final class HostTime {

    private final RunningTime time;
    private long spent;
    private long turnBegan;
    private boolean hostsTurn;

    public HostTime(RunningTime time) {
        this.time = time;
    }

    /** Waiting for a host. */
    @FunctionalInterface
    public interface Wait<T, X extends Exception> {
        T answer() throws X;
    }

    /** Counts one wait. */
    public <T, X extends Exception> T of(Wait<T, X> wait) throws X {
        begin();
        try {
            return wait.answer();
        } finally {
            end();
        }
    }

    /** The same stream, whose reads count. */
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

    /** All waits till now, the one under way included. */
    public synchronized Duration spent() {
        return Duration.ofNanos(spent + (hostsTurn ? time.nanos() - turnBegan : 0));
    }
}
