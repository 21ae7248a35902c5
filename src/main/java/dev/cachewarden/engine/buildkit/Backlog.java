package dev.cachewarden.engine.buildkit;

import com.google.protobuf.MessageLite;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What came over a stream and was not read yet. It holds so much and no more, alone and together with others; what comes beyond is counted
 * and not kept.
 *
 * @param <A> what the stream sends
 */
final class Backlog<A extends MessageLite> implements AutoCloseable {

    /** As sent; in memory it is a few times as much. A builder's whole history has a few hundred KB, a build's steps a few MB. */
    static final long MOST_BYTES = 32L << 20;

    /** Small messages take more memory than their bytes. */
    static final int MOST_MESSAGES = 200_000;

    /** Of all together: a hundred builders that send too much at once are no more than a few. */
    static final Room SHARED =
            new Room(Math.max(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8));

    private final LinkedBlockingQueue<Heard<A>> heard = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong left = new AtomicLong();
    private final long mostBytes;
    private final Room room;
    private volatile boolean crowded;
    private boolean closed;

    /** What several hold together, in bytes. */
    static final class Room {

        private final AtomicLong taken = new AtomicLong();
        private final long most;

        Room(long most) {
            this.most = most;
        }

        boolean has(long size) {
            return taken.get() + size <= most;
        }

        long most() {
            return most;
        }
    }

    /** What came over the stream. */
    sealed interface Heard<A> {
        record Message<A>(A message) implements Heard<A> {}

        record Ended<A>(@Nullable StatusRuntimeException failure) implements Heard<A> {}
    }

    Backlog(long mostBytes, Room room) {
        this.mostBytes = mostBytes;
        this.room = room;
    }

    /** Keeps a message; false where there is no room for it. One alone always has room. Called on one thread. */
    synchronized boolean add(A message) {
        long size = message.getSerializedSize();
        long before = bytes.get();
        boolean full = closed || (before > 0 && before + size > mostBytes) || heard.size() >= MOST_MESSAGES;
        if (full || (before > 0 && !room.has(size))) {
            if (left.getAndIncrement() == 0) {
                crowded = !full;
            }
            return false;
        }
        hold(size);
        heard.add(new Heard.Message<>(message));
        return true;
    }

    private void hold(long size) {
        bytes.addAndGet(size);
        room.taken.addAndGet(size);
    }

    /** Comes after all that was kept. */
    void end(@Nullable StatusRuntimeException failure) {
        heard.add(new Heard.Ended<>(failure));
    }

    /** The next; null if nothing came within the time. */
    @Nullable
    Heard<A> next(Duration idle) throws InterruptedException {
        var next = heard.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
        if (next instanceof Heard.Message<A> message) {
            hold(-message.message().getSerializedSize());
        }
        return next;
    }

    /** What is left is read by nobody, and leaves its room to others. */
    @Override
    public synchronized void close() {
        closed = true;
        heard.clear();
        hold(-bytes.get());
    }

    /** Messages that were not kept. */
    long left() {
        return left.get();
    }

    /** Whether the first that was not kept would have been, had others left room for it. */
    boolean crowded() {
        return crowded;
    }
}
