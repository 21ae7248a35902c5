package dev.cachewarden.history.poll;

import dev.cachewarden.history.HostSampler;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.repeat.Guard;
import dev.cachewarden.rest.NotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the due hosts, each on a thread of its own. */
final class Poller implements AutoCloseable {

    /** The maximum delay until a change by another process in the database takes effect. */
    private static final Duration LIST_AGE = Duration.ofSeconds(5);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

    private final HostRegistry registry;
    private final HostSampler sampler;
    private final PollSchedule schedule;
    private volatile boolean stopping;
    private @Nullable ExecutorService threads;
    private @Nullable List<WatchedHost> hosts;
    private Instant listedAt = Instant.MIN;

    Poller(HostRegistry registry, HostSampler sampler, DoubleSupplier random) {
        this.registry = registry;
        this.sampler = sampler;
        this.schedule = new PollSchedule(random);
    }

    /** Starts the readings of all due hosts and returns their completion. The futures never fail, because failures are logged. */
    synchronized Map<HostId, CompletableFuture<Void>> pollDue(Instant now) {
        var started = new HashMap<HostId, CompletableFuture<Void>>();
        for (var host : schedule.start(hosts(now), now)) {
            started.put(host.id(), CompletableFuture.runAsync(() -> poll(host), threads()));
        }
        return started;
    }

    /** Skips the turn of each due host. Returns the number of these hosts, based on the hosts known so far. */
    synchronized int skipDue(Instant now) {
        if (hosts == null) {
            return 0;
        }
        var due = schedule.start(hosts, now);
        due.forEach(host -> schedule.ended(host.id()));
        return due.size();
    }

    private ExecutorService threads() {
        if (threads == null) {
            threads = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("poll-", 0).factory());
        }
        return threads;
    }

    private List<WatchedHost> hosts(Instant now) {
        if (hosts == null || !now.isBefore(listedAt.plus(LIST_AGE))) {
            hosts = registry.all();
            listedAt = now;
        }
        return hosts;
    }

    /** Makes a host due immediately and reloads its settings. */
    synchronized void bringForward(HostId host) {
        schedule.bringForward(host);
        hosts = null;
    }

    private void poll(WatchedHost host) {
        try {
            if (!stopping) {
                Guard.task("Polling " + host.name(), () -> sample(host)).run();
            }
        } finally {
            schedule.ended(host.id());
        }
    }

    private void sample(WatchedHost host) throws InterruptedException {
        try {
            sampler.sampleNow(host.id());
        } catch (NotFoundException e) {
            LOG.debug("{} was removed while it was read", host.name(), e);
        }
    }

    /**
     * Waits for running readings to end, and interrupts those that take long. A later step starts new ones. It does not interrupt
     * immediately, because an interrupt within the driver closes the connection to the database.
     */
    @Override
    public synchronized void close() {
        if (threads == null) {
            return;
        }
        stopping = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Canceling readings that did not finish within {}", STOP_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        threads = null;
        stopping = false;
    }
}
