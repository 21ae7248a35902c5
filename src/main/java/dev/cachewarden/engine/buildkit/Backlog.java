package dev.cachewarden.engine.buildkit;

import com.google.protobuf.MessageLite;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What came over a stream and was not read yet. It holds so much and no more; what comes beyond is counted and not kept.
 *
 * @param <A> what the stream sends
 */
final class Backlog<A extends MessageLite> {

    /** As sent; in memory it is a few times as much. A builder's whole history has a few hundred KB, a build's steps a few MB. */
    static final long MOST_BYTES = 32L << 20;

    private final LinkedBlockingQueue<Heard<A>> heard = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong left = new AtomicLong();
    private final long mostBytes;

    /** What came over the stream. */
    sealed interface Heard<A> {
        record Message<A>(A message) implements Heard<A> {}

        record Ended<A>(@Nullable StatusRuntimeException failure) implements Heard<A> {}
    }

    Backlog(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Keeps a message; false where there is no room for it. One alone always has room. Called on one thread. */
    boolean add(A message) {
        long size = message.getSerializedSize();
        long before = bytes.get();
        if (before > 0 && before + size > mostBytes) {
            left.incrementAndGet();
            return false;
        }
        bytes.addAndGet(size);
        heard.add(new Heard.Message<>(message));
        return true;
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
            bytes.addAndGet(-message.message().getSerializedSize());
        }
        return next;
    }

    /** Messages that were not kept. */
    long left() {
        return left.get();
    }
}
