package dev.cachewarden.store;

import dev.cachewarden.repeat.Guard;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitors the state of the database. It checks the database every second, and immediately after a reported failure. It restarts the
 * embedded server if its process has ended.
 */
public final class StoreWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);

    /** Checks frequently enough to detect a full disk while nothing is stored. */
    private static final int CHECKS_BETWEEN_WRITES = 60;

    private final StoreProbe probe;
    private final @Nullable EmbeddedServer embedded;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Thread thread;

    private volatile @Nullable StoreProblem problem;
    private volatile boolean stopped;
    private boolean wakeUp;
    private int checks;
    private Duration backoff = PAUSE;
    private long startAgainAt = System.nanoTime();

    /**
     * Starts the watch.
     *
     * @param embedded the server to restart when it dies, or null if the database is external
     */
    StoreWatch(StoreProbe probe, @Nullable EmbeddedServer embedded) {
        this.probe = probe;
        this.embedded = embedded;
        this.thread = Thread.ofPlatform().name("store-watch").daemon().start(this::repeat);
    }

    /** Returns the current problem of the database, or empty if there is no known problem. */
    public Optional<StoreProblem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Returns whether the database responds. It may still report another problem, such as a full disk. */
    public boolean answers() {
        return problem != StoreProblem.AWAY;
    }

    /** Returns whether the watch has ended, so that its state may be outdated. */
    boolean ended() {
        return stopped;
    }

    /** Reports any failure of a request. If the database may have caused it, the watch checks the database immediately. */
    public void report(Throwable failure) {
        StoreProblem.of(failure).ifPresent(found -> {
            lock.lock();
            try {
                if (found == StoreProblem.FULL || found == StoreProblem.READ_ONLY) {
                    // A small write may still succeed, so the reported state remains until a large write succeeds.
                    become(found);
                }
                checks = 0;
                wakeUp = true;
                woken.signalAll();
            } finally {
                lock.unlock();
            }
        });
    }

    private void repeat() {
        while (!stopped) {
            check();
            pause();
        }
        probe.close();
    }

    private void check() {
        boolean writing;
        lock.lock();
        try {
            writing = checks % CHECKS_BETWEEN_WRITES == 0 || problem != null;
            checks++;
        } finally {
            lock.unlock();
        }
        var found = readState(writing);
        if (found == StoreProblem.AWAY) {
            // The server may just have closed this connection. A new connection shows the real state.
            found = readState(writing);
        }
        if (found == StoreProblem.AWAY) {
            become(found);
            startAgain();
        } else {
            if (problem == StoreProblem.AWAY) {
                backoff = PAUSE;
            }
            become(found);
        }
    }

    private @Nullable StoreProblem readState(boolean writing) {
        return probe.probe(writing).filter(seen -> seen != StoreProblem.BUSY).orElse(null);
    }

    private void become(@Nullable StoreProblem now) {
        var before = problem;
        problem = now;
        if (before != now && !stopped) {
            if (now == null) {
                LOG.info("The database works again");
            } else {
                LOG.error("{}", now.explanation());
            }
        }
    }

    private void startAgain() {
        var server = embedded;
        if (server != null && !stopped && System.nanoTime() - startAgainAt >= 0) {
            Guard.run(
                    () -> {
                        if (server.startAgainIfDead()) {
                            LOG.warn("The embedded PostgreSQL had stopped and was restarted");
                        }
                    },
                    this::putOff);
        }
    }

    private void putOff(Exception failure) {
        LOG.error("Cannot restart the embedded PostgreSQL; next attempt in {}", backoff, failure);
        startAgainAt = System.nanoTime() + backoff.toNanos();
        backoff = backoff.multipliedBy(2).compareTo(LONGEST_BACKOFF) < 0 ? backoff.multipliedBy(2) : LONGEST_BACKOFF;
    }

    private void pause() {
        lock.lock();
        try {
            long left = PAUSE.toNanos();
            while (!stopped && !wakeUp && left > 0) {
                left = woken.awaitNanos(left);
            }
            wakeUp = false;
        } catch (InterruptedException e) {
            LOG.debug("Interrupted, for example by a shutdown", e);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the watch, and waits up to 5 seconds for its thread, so that it does not start the server again. */
    @Override
    public void close() {
        lock.lock();
        try {
            stopped = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
