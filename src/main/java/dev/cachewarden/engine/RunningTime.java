package dev.cachewarden.engine;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Time during which this process gets to run. Where the machine is overloaded, or the process was stopped, threads run late; this time then
 * passes slower than the clock, by as much. What is measured in it is not counted against a host that answered long ago and was not heard.
 *
 * <p>It is counted by ticks of a virtual thread, which waits its turn like the threads that read answers. A tick that comes late counts as
 * little as one that comes in time.
 */
public final class RunningTime {

    /** Of this process. */
    public static final RunningTime OF_PROCESS = new RunningTime(System::nanoTime, true);

    static final Duration TICK = Duration.ofMillis(100);

    /** A busy machine is late by some tens of milliseconds, which is no overload. */
    static final Duration LONGEST_TICK = Duration.ofMillis(250);

    private final LongSupplier nanoClock;
    private final boolean ticksByItself;
    private long counted;
    private long tickedAt;
    private int uses;

    /** For tests: ticks when it is told to. */
    public RunningTime(LongSupplier nanoClock) {
        this(nanoClock, false);
    }

    private RunningTime(LongSupplier nanoClock, boolean ticksByItself) {
        this.nanoClock = nanoClock;
        this.ticksByItself = ticksByItself;
        this.tickedAt = nanoClock.getAsLong();
    }

    /** From some origin; only differences within a {@link Use} mean anything. */
    public synchronized long nanos() {
        return counted + sinceTick();
    }

    private long sinceTick() {
        return Math.min(nanoClock.getAsLong() - tickedAt, LONGEST_TICK.toNanos());
    }

    /** Counts what passed since the tick before. */
    public synchronized void tick() {
        counted += sinceTick();
        tickedAt = nanoClock.getAsLong();
    }

    /** Has it counted until this is closed. */
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

    /** A span that is measured. */
    public final class Use implements AutoCloseable {

        /** Of each hundred parts of the span. */
        private static final int MOST_LOST = 20;

        private final long startedAt = nanoClock.getAsLong();
        private final long running = nanos();
        private boolean closed;

        private Use() {}

        /** How long it has lasted by the clock. */
        public Duration lasted() {
            return Duration.ofNanos(nanoClock.getAsLong() - startedAt);
        }

        /** How much of that the process did not get to run. */
        public Duration lost() {
            return lasted().minusNanos(nanos() - running);
        }

        /** Whether the process got to run for so little of it that what took long may have taken long because of that. */
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
