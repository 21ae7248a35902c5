package dev.cachewarden.history.poll;

import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.host.DataRoot;
import dev.cachewarden.host.DiskProber;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.repeat.Guard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;

/** Measures each disk on a thread of its own, so that a slow disk delays only the callers that need it. */
@Component
class DiskMeasuring implements DiskMeter {

    private static final Logger LOG = LoggerFactory.getLogger(DiskMeasuring.class);

    /** Shorter than the usual pause between readings, so that each reading gets a measurement of its own. */
    static final Duration RECENT = Duration.ofSeconds(30);

    private final DiskProber prober;
    private final HostRegistry registry;
    private final InstantSource clock;
    private final Map<HostId, Measurement> last = new ConcurrentHashMap<>();

    DiskMeasuring(DiskProber prober, HostRegistry registry, InstantSource clock) {
        this.prober = prober;
        this.registry = registry;
        this.clock = clock;
    }

    /** One measurement, running or finished. */
    private record Measurement(DiskSource source, DataRoot root, Instant begunAt, FutureTask<DiskReading> reading) {

        boolean serves(DiskSource wanted, DataRoot wantedRoot, Instant now) {
            return source.equals(wanted)
                    && root.equals(wantedRoot)
                    && Duration.between(begunAt, now).abs().compareTo(RECENT) < 0;
        }
    }

    @Override
    public DiskReading now(WatchedHost host) {
        return host.capabilities() == null ? notAsked() : ended(begin(host));
    }

    @Override
    public DiskReading recent(WatchedHost host) {
        return host.capabilities() == null ? notAsked() : ended(beginUnlessRecent(host));
    }

    /** Starts a measurement together with a reading of the cache, unless there is a recent one. Does not wait for it. */
    void measureInBackground(WatchedHost host) {
        if (host.capabilities() != null) {
            beginUnlessRecent(host);
        }
    }

    private DiskReading notAsked() {
        return new DiskReading.Unknown(
                clock.instant(), "The host has not reported its properties and its data directory yet.");
    }

    private Measurement beginUnlessRecent(WatchedHost host) {
        var source = host.connection().freeDiskFrom();
        var root = root(host);
        return Objects.requireNonNull(last.compute(
                host.id(),
                (id, before) ->
                        before != null && before.serves(source, root, clock.instant()) ? before : started(host, root)));
    }

    private Measurement begin(WatchedHost host) {
        return Objects.requireNonNull(last.compute(host.id(), (id, before) -> started(host, root(host))));
    }

    private static DataRoot root(WatchedHost host) {
        return host.connection().dataRoot(Objects.requireNonNull(host.capabilities()));
    }

    private Measurement started(WatchedHost host, DataRoot root) {
        var source = host.connection().freeDiskFrom();
        var task = new FutureTask<>(() -> measure(host, source, root));
        Thread.ofVirtual().name("disk-" + host.id()).start(task);
        return new Measurement(source, root, clock.instant(), task);
    }

    private DiskReading measure(WatchedHost host, DiskSource source, DataRoot root) {
        var reading = prober.measure(source, root);
        logUnknown(host, source, reading);
        if (!isSameUnknown(host.disk(), reading)) {
            // The waiting callers can use the result even if it is not stored.
            Guard.run(
                    () -> registry.recordDisk(host.id(), source, reading),
                    failure -> LOG.warn("Cannot store the disk measurement of {}", host.name(), failure));
        }
        return reading;
    }

    /** Returns whether a result is the same unknown as before. Most disks are not accessible, so this saves a query with each reading. */
    private static boolean isSameUnknown(@Nullable DiskReading before, DiskReading now) {
        return before instanceof DiskReading.Unknown old
                && now instanceof DiskReading.Unknown unknown
                && old.problem().equals(unknown.problem());
    }

    private static void logUnknown(WatchedHost host, DiskSource source, DiskReading reading) {
        // Without a source, most disks are not accessible. A log message would report nothing new.
        if (reading instanceof DiskReading.Unknown unknown && !source.equals(DiskSource.LOCAL)) {
            boolean news = !(host.disk() instanceof DiskReading.Unknown);
            LOG.atLevel(news ? Level.WARN : Level.DEBUG)
                    .log("The disk space of {} is unknown: {}", host.name(), unknown.problem());
        }
    }

    /** Waits for a measurement. It ends within its time limit, or returns the disk as unknown. */
    private DiskReading ended(Measurement measurement) {
        try {
            return measurement.reading().get();
        } catch (ExecutionException e) {
            LOG.error("Cannot measure the disk of {}", measurement.root().hostName(), e.getCause());
            return new DiskReading.Unknown(clock.instant(), "The measurement failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new DiskReading.Unknown(clock.instant(), "The measurement was interrupted.");
        }
    }
}
