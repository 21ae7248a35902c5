package dev.cachewarden.history.poll;

import dev.cachewarden.engine.BuildCacheReader;
import dev.cachewarden.engine.CacheReading;
import dev.cachewarden.engine.EngineRefusedException;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.history.store.BuilderReading;
import dev.cachewarden.history.store.ReadingStore;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.ProbeResult;
import dev.cachewarden.host.Reachability;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.NotFoundException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Reads one host and stores the reading. It first probes the host if the last probe is too old or the host was unreachable. A reading
 * counts as one of the registered engine only if that engine responds at the address.
 */
@Component
class HostSampling implements HostSampler {

    private static final Logger LOG = LoggerFactory.getLogger(HostSampling.class);

    /** This limit leaves connections of the pool for all other queries. */
    private static final int STORED_AT_A_TIME = 5;

    private final HostRegistry registry;
    private final HostProbes probes;
    private final BuildCacheReader reader;
    private final ReadingStore store;
    private final DiskMeasuring disks;
    private final ConflictWatch conflicts;
    private final ReadingTurns turns;
    private final ApplicationEventPublisher events;
    private final Semaphore storing = new Semaphore(STORED_AT_A_TIME);
    private final Map<HostId, PerHost> perHost = new ConcurrentHashMap<>();

    HostSampling(
            HostRegistry registry,
            HostProbes probes,
            BuildCacheReader reader,
            ReadingStore store,
            DiskMeasuring disks,
            ConflictWatch conflicts,
            ReadingTurns turns,
            ApplicationEventPublisher events) {
        this.registry = registry;
        this.probes = probes;
        this.reader = reader;
        this.store = store;
        this.disks = disks;
        this.conflicts = conflicts;
        this.turns = turns;
        this.events = events;
    }

    private static final class PerHost {
        private final ReentrantLock lock = new ReentrantLock();
        private boolean answered = true;
    }

    @Override
    public HostReading sampleNow(HostId id) {
        var state = perHost.computeIfAbsent(id, host -> new PerHost());
        boolean waitsOn = false;
        state.lock.lock();
        try (var slot = turns.take(id, state.answered)) {
            // The lookup is within the lock, because the previous reading may have changed the host.
            var host = registry.find(id).orElseThrow(() -> new NotFoundException("There is no host " + id));
            var reading = sample(host, slot);
            waitsOn = wasDelayed(reading);
            if (waitsOn) {
                turns.delayed();
                LOG.debug("{} was not read: {}", host.name(), reading);
            } else {
                recordReachability(host, reading);
                state.answered = reading instanceof HostReading.Read;
            }
            return reading;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Host " + id + " was not read because Cachewarden is shutting down");
        } finally {
            if (!waitsOn) {
                turns.ended(id);
            }
            state.lock.unlock();
        }
    }

    private static boolean wasDelayed(HostReading reading) {
        return reading instanceof HostReading.Unreachable unreachable
                && unreachable.problem().cause() == HostProblem.Cause.DELAYED;
    }

    private void recordReachability(WatchedHost host, HostReading reading) {
        switch (reading) {
            case HostReading.Read read -> {
                if (!(host.reachability() instanceof Reachability.Reachable)) {
                    registry.recordReachable(host.id());
                    LOG.info(
                            "{} is reachable and has {} cache records",
                            host.name(),
                            read.snapshot().records().size());
                }
            }
            case HostReading.Unreachable unreachable -> {
                var problem = unreachable.problem();
                if (host.reachability() instanceof Reachability.Unreachable) {
                    LOG.debug("{} still cannot be read: {}", host.name(), problem.message());
                } else {
                    LOG.warn("{} cannot be read: {}", host.name(), problem.message());
                }
                registry.recordUnreachable(host.id(), problem);
            }
        }
    }

    private HostReading sample(WatchedHost host, ReadingSlots.Slot slot) {
        boolean certain = false;
        var capabilities = host.capabilities();
        if (capabilities == null || probes.isDue(host)) {
            switch (probes.probe(host)) {
                case ProbeResult.Failed failed -> {
                    return new HostReading.Unreachable(failed.problem());
                }
                case ProbeResult.Reached reached -> {
                    try {
                        host = registry.recordProbe(host.id(), reached.capabilities());
                    } catch (DataIntegrityViolationException | UncategorizedDataAccessException e) {
                        return notStored(host, e);
                    }
                    capabilities = reached.capabilities();
                    certain = true;
                }
            }
        }
        disks.measureInBackground(host);
        return read(host, capabilities, slot, certain);
    }

    private HostReading read(WatchedHost host, HostCapabilities capabilities, ReadingSlots.Slot slot, boolean certain) {
        BuilderReading reading;
        try {
            reading = inStoredForm(host, reader.read(host.connection(), capabilities));
            // The host has responded. The reading stays in memory until it is stored, even if the database is slow.
            slot.keep();
        } catch (EngineUnreachableException e) {
            return new HostReading.Unreachable(e.problem());
        } catch (EngineRefusedException e) {
            return new HostReading.Unreachable(e.problem());
        } catch (IllegalArgumentException e) {
            return new HostReading.Unreachable(new HostProblem(
                    HostProblem.Cause.BAD_ANSWER, host.name() + " reported an invalid cache: " + e.getMessage()));
        }
        try {
            return stored(host, reading, certain);
        } catch (DataIntegrityViolationException | UncategorizedDataAccessException e) {
            return notStored(host, e);
        }
    }

    /**
     * Returns a failed reading for one that cannot be stored: the host must not appear as read. An unavailable database is not the host's
     * fault.
     */
    private static HostReading notStored(WatchedHost host, RuntimeException failure) {
        LOG.warn("Cannot store the reading of {}", host.name(), failure);
        return new HostReading.Unreachable(new HostProblem(
                HostProblem.Cause.NOT_STORED,
                host.name() + " reported values that the database cannot store. The server log has the details"));
    }

    private HostReading stored(WatchedHost host, BuilderReading reading, boolean certain) {
        var outcome = store(reading, certain);
        if (outcome == ReadingStore.Outcome.DOUBTFUL) {
            // No record of the previous cache is left. Either all were pruned, or another engine responds at the
            // address.
            if (probes.probe(host) instanceof ProbeResult.Failed failed) {
                return new HostReading.Unreachable(failed.problem());
            }
            outcome = store(reading, true);
        }
        var conflict =
                conflicts.check(host, reading.takenAt(), reading.records().values());
        if (conflict != null) {
            return new HostReading.Unreachable(conflict);
        }
        if (outcome != ReadingStore.Outcome.OUTDATED) {
            events.publishEvent(reading.read());
        }
        return new HostReading.Read(reading.snapshot());
    }

    private static BuilderReading inStoredForm(WatchedHost host, CacheReading read) {
        var builder = host.builders().getFirst();
        return BuilderReading.of(host.id(), builder.id(), read.takenAt(), read.took(), read.records());
    }

    private ReadingStore.Outcome store(BuilderReading reading, boolean certain) {
        storing.acquireUninterruptibly();
        try {
            return store.store(reading, certain);
        } finally {
            storing.release();
        }
    }
}
