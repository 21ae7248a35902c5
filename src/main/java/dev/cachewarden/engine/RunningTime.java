package dev.cachewarden.engine;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time during which this process gets to run. On an overloaded machine, or while the process is stopped, threads run late. This time
 * then passes more slowly than the clock, by the same amount. So a host that answered in time is not blamed when Cachewarden read its
 * answer late.
 *
 * <p>The ticks of a virtual thread count the time. This thread is scheduled like the threads that read answers. Each tick counts at most
 * 250 ms, so a late tick adds little.
 */
public final class RunningTime {

    /** The running time of this process. */
    public static final RunningTime OF_PROCESS = new RunningTime(System::nanoTime, true);

    static final Duration TICK = Duration.ofMillis(100);

    /** The maximum time that one tick counts. A busy machine delays a tick by some tens of milliseconds, which is not an overload. */
    static final Duration LONGEST_TICK = Duration.ofMillis(250);

    private final LongSupplier nanoClock;
    private final boolean ticksByItself;
    private long counted;
    private long tickedAt;
    private int uses;

    /** Creates an instance for tests, which call {@link #tick} themselves. */
    public RunningTime(LongSupplier nanoClock) {
        this(nanoClock, false);
    }

    private RunningTime(LongSupplier nanoClock, boolean ticksByItself) {
        this.nanoClock = nanoClock;
        this.ticksByItself = ticksByItself;
        this.tickedAt = nanoClock.getAsLong();
    }

    /** Returns the running time in nanoseconds since an arbitrary origin. Only differences within a {@link Use} have a meaning. */
    public synchronized long nanos() {
        return counted + sinceTick();
    }

    private long sinceTick() {
        return Math.min(nanoClock.getAsLong() - tickedAt, LONGEST_TICK.toNanos());
    }

    /** Counts the time since the previous tick. */
    public synchronized void tick() {
        counted += sinceTick();
        tickedAt = nanoClock.getAsLong();
    }

    /** Starts a measured span. The time is counted until all spans are closed. */
    public synchronized Use use() {
        if (uses++ == 0) {
            tick();
            if (ticksByItself) {
                Thread.ofVirtual().name("running-time").start(this::tickOn);
            }
        }
        return new Use();
    }

    private void tickOn() {
        while (tickIfUsed()) {
            try {
                Thread.sleep(TICK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized boolean tickIfUsed() {
        tick();
        return uses > 0;
    }

    /** A measured span. */
    public final class Use implements AutoCloseable {

        /** The maximum lost time, in percent of the span. */
        private static final int MOST_LOST = 20;

        private final long startedAt = nanoClock.getAsLong();
        private final long running = nanos();
        private boolean closed;

        private Use() {}

        /** Returns the duration of the span by the clock. */
        public Duration lasted() {
            return Duration.ofNanos(nanoClock.getAsLong() - startedAt);
        }

        /** Returns the part of the duration during which the process did not run. */
        public Duration lost() {
            return lasted().minusNanos(nanos() - running);
        }

        /** Returns true if the process lost more than 20 percent of the span, so that it may have caused a delay itself. */
        public boolean delayed() {
            return lost().multipliedBy(100).compareTo(lasted().multipliedBy(MOST_LOST)) > 0;
        }

        @Override
        public void close() {
            synchronized (RunningTime.this) {
                uses -= closed ? 0 : 1;
                closed = true;
            }
        }
    }
}
