package dev.cachewarden.engine.buildkit;

import com.google.protobuf.MessageLite;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a stream that were received but not read yet. It has a limit of its own, and shares another with other streams. Messages
 * beyond these limits are counted and discarded.
 *
 * @param <A> type of the messages
 */
final class Backlog<A extends MessageLite> implements AutoCloseable {

    /**
     * The maximum size in bytes, as serialized; in memory, messages take several times as much. The whole history of a builder has a few
     * hundred KB, the steps of a build have a few MB.
     */
    static final long MOST_BYTES = 32L << 20;

    /** The maximum number of messages, because small messages take more memory than their serialized size. */
    static final int MOST_MESSAGES = 200_000;

    /** The shared limit of all streams: a hundred builders that send too much at once use no more memory than a few. */
    static final Room SHARED =
            new Room(Math.max(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8));

    private final LinkedBlockingQueue<StreamItem<A>> items = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong left = new AtomicLong();
    private final long mostBytes;
    private final Room room;
    private volatile boolean crowded;
    private boolean closed;

    /** The size of all backlogs that share a limit, in bytes. */
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

    /** A message or the end of a stream. */
    sealed interface StreamItem<A> {
        record Message<A>(A message) implements StreamItem<A> {}

        record Ended<A>(@Nullable StatusRuntimeException failure) implements StreamItem<A> {}
    }

    Backlog(long mostBytes, Room room) {
        this.mostBytes = mostBytes;
        this.room = room;
    }

    /** Adds a message. Returns false if there is no room for it; an empty backlog always has room for one message. Called on one thread. */
    synchronized boolean add(A message) {
        long size = message.getSerializedSize();
        long before = bytes.get();
        boolean full = closed || (before > 0 && before + size > mostBytes) || items.size() >= MOST_MESSAGES;
        if (full || (before > 0 && !room.has(size))) {
            if (left.getAndIncrement() == 0) {
                crowded = !full;
            }
            return false;
        }
        hold(size);
        items.add(new StreamItem.Message<>(message));
        return true;
    }

    private void hold(long size) {
        bytes.addAndGet(size);
        room.taken.addAndGet(size);
    }

    /** Adds the end of the stream, after all kept messages. */
    void end(@Nullable StatusRuntimeException failure) {
        items.add(new StreamItem.Ended<>(failure));
    }

    /** Returns the next message or the end, or null if nothing arrived within the time. */
    @Nullable
    StreamItem<A> next(Duration idle) throws InterruptedException {
        var next = items.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
        if (next instanceof StreamItem.Message<A> message) {
            hold(-message.message().getSerializedSize());
        }
        return next;
    }

    /** Discards all unread messages, and releases their room to other streams. */
    @Override
    public synchronized void close() {
        closed = true;
        items.clear();
        hold(-bytes.get());
    }

    /** Returns the number of discarded messages. */
    long left() {
        return left.get();
    }

    /** Returns true if the first discarded message did not fit only because other streams used the shared room. */
    boolean crowded() {
        return crowded;
    }
}
