package dev.cachewarden.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.engine.BuilderEvents;
import dev.cachewarden.engine.EngineUnreachableException;
import dev.cachewarden.engine.pruning.BuildCachePruner;
import dev.cachewarden.engine.pruning.PruneOrder;
import dev.cachewarden.engine.pruning.PruneReport;
import dev.cachewarden.engine.pruning.PrunedRecord;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.DiskMeter;
import dev.cachewarden.history.HostReading;
import dev.cachewarden.history.HostSampler;
import dev.cachewarden.history.LastReadings;
import dev.cachewarden.history.Past;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.RecordQuery;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.history.UsageSampled;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.DiskReading;
import dev.cachewarden.host.DiskSource;
import dev.cachewarden.host.HostCapabilities;
import dev.cachewarden.host.HostConnection;
import dev.cachewarden.host.HostDraft;
import dev.cachewarden.host.HostId;
import dev.cachewarden.host.HostProblem;
import dev.cachewarden.host.HostRegistry;
import dev.cachewarden.host.WatchedHost;
import dev.cachewarden.rest.list.Page;
import dev.cachewarden.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hosts, their engines and their history in memory: what pruning needs of the packages below it. An engine deletes as BuildKit does: not
 * what is in use, not what has children, silently.
 */
public final class FakeFleet
        implements HostRegistry, DiskMeter, HostSampler, UsageHistory, LastReadings, BuilderEvents, BuildCachePruner {

    private final InstantSource clock;
    private final Map<HostId, FakeHost> hosts = new LinkedHashMap<>();

    /** Ids told to {@link #markPruned}, by run. */
    public final Map<Long, List<String>> markedPruned = new LinkedHashMap<>();

    /** Ids as they were handed to {@link #prune}, one list a call. */
    public final List<List<String>> sent = new CopyOnWriteArrayList<>();

    /** What a call of {@link #prune} does instead; null: what an engine does. */
    public @Nullable BuildCachePruner instead;

    /** Of builder 1: what went without anybody saying why, oldest first. */
    public final List<Disappearance> disappearances = new ArrayList<>();

    /** Readings whose losses were told to be somebody else's. */
    public final List<Instant> markedExternal = new ArrayList<>();

    /** What the event log of every engine tells. */
    public final List<PruneEvent> events = new ArrayList<>();

    /** Builders that tell of a running build, whether or not it holds a record. */
    public final Set<BuilderId> building = new HashSet<>();

    public boolean eventsRefused;

    /** How often a disk was to be measured. */
    public int disksAsked;

    /** How often the records of a reading were asked for. */
    public final AtomicInteger snapshotsAsked = new AtomicInteger();

    /** Done before each reading. */
    public Runnable beforeReading = () -> {};

    public FakeFleet(InstantSource clock) {
        this.clock = clock;
    }

    /** What {@link #sampled} noted. */
    private final List<UsageSample> samples = new ArrayList<>();

    public FakeHost add(long id, String engineId) {
        var host = new FakeHost(id, engineId, clock);
        hosts.put(host.id(), host);
        return host;
    }

    /** The same with the rows that plans and runs refer to. */
    public FakeHost addStored(TestDatabase database, long id, String engineId) {
        database.jdbc().update("""
                insert into host (id, name, kind, address, poll_interval_seconds, created_at, reachability_since)
                overriding system value values (?, ?, 'DOCKER_ENGINE', 'tcp://127.0.0.1:1', 60, now(), now())""", id, "host-" + id);
        database.jdbc().update("""
                insert into builder (id, host_id, name, driver, created_at)
                overriding system value values (?, ?, 'default', 'docker', now())""", id, id);
        return add(id, engineId);
    }

    public void forget(FakeHost host) {
        hosts.remove(host.id());
    }

    // HostRegistry

    @Override
    public List<WatchedHost> all() {
        return hosts.values().stream().map(FakeHost::view).toList();
    }

    @Override
    public Optional<WatchedHost> find(HostId id) {
        return Optional.ofNullable(hosts.get(id)).map(FakeHost::view);
    }

    @Override
    public Optional<WatchedHost> ofBuilder(BuilderId id) {
        return find(new HostId(id.value()));
    }

    @Override
    public List<WatchedHost> withEngine(String engineId) {
        return all().stream().filter(host -> engineId.equals(host.engineId())).toList();
    }

    @Override
    public WatchedHost register(HostDraft draft) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchedHost change(HostId id, HostDraft draft) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void remove(HostId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchedHost recordProbe(HostId id, HostCapabilities capabilities) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recordReachable(HostId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recordUnreachable(HostId id, HostProblem problem) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void recordDisk(HostId id, DiskSource source, DiskReading reading) {
        throw new UnsupportedOperationException();
    }

    // DiskMeter

    @Override
    public DiskReading now(WatchedHost host) {
        disksAsked++;
        return host(host.id()).disk();
    }

    @Override
    public DiskReading recent(WatchedHost host) {
        disksAsked++;
        return host(host.id()).disk();
    }

    // HostSampler

    @Override
    public HostReading sampleNow(HostId id) {
        beforeReading.run();
        var host = host(id);
        if (host.problem != null) {
            return new HostReading.Unreachable(host.problem);
        }
        host.readAt = clock.instant();
        return new HostReading.Read(host.snapshot());
    }

    private FakeHost host(HostId id) {
        var host = hosts.get(id);
        if (host == null) {
            throw new IllegalStateException("No host " + id);
        }
        return host;
    }

    // BuildCachePruner

    @Override
    public PruneReport prune(PruneOrder order, Consumer<PrunedRecord> onPruned) {
        sent.add(order.recordIds());
        return instead == null ? deleteAsAnEngine(order, onPruned) : instead.prune(order, onPruned);
    }

    /** Deletes what an engine would of an order. */
    public PruneReport deleteAsAnEngine(PruneOrder order, Consumer<PrunedRecord> onPruned) {
        var host = hosts.values().stream()
                .filter(candidate -> order.engineId().equals(candidate.engineId))
                .findFirst()
                .orElseThrow(() -> new EngineUnreachableException(
                        new HostProblem(HostProblem.Cause.DIFFERENT_ENGINE, "Another engine answers there."), null));
        var pruned = new ArrayList<PrunedRecord>();
        for (String id : order.recordIds()) {
            var record = host.records.get(id);
            if (record != null && !record.inUse() && host.childless(id)) {
                host.records.remove(id);
                var deleted = new PrunedRecord(id, record.size());
                pruned.add(deleted);
                onPruned.accept(deleted);
            }
        }
        long bytes = pruned.stream()
                .mapToLong(
                        deleted -> deleted.size() == null ? 0 : deleted.size().bytes())
                .sum();
        return new PruneReport(pruned, new ByteSize(bytes), PruneReport.Method.CONTROL, Duration.ofMillis(1));
    }

    // LastReadings

    @Override
    public Map<BuilderId, Reading> lastReadings() {
        var readings = new LinkedHashMap<BuilderId, Reading>();
        hosts.values()
                .forEach(host -> readings.put(
                        host.builder(),
                        new Reading(
                                host.readAt,
                                UUID.nameUUIDFromBytes(host.records.toString().getBytes(UTF_8)))));
        return readings;
    }

    // UsageHistory

    @Override
    public Optional<CacheSnapshot> snapshot(BuilderId builder) {
        snapshotsAsked.incrementAndGet();
        return Optional.ofNullable(hosts.get(new HostId(builder.value()))).map(FakeHost::snapshot);
    }

    @Override
    public Map<String, CacheUsage.Amount> byDescription(BuilderId builder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Past past(BuilderId builder, Instant from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void markPruned(BuilderId builder, long runId, Collection<String> recordIds, Instant at) {
        markedPruned.computeIfAbsent(runId, run -> new ArrayList<>()).addAll(recordIds);
    }

    @Override
    public List<Disappearance> disappearances(BuilderId builder, @Nullable Instant after) {
        return disappearances.stream()
                .filter(deleted -> after == null || deleted.at().isAfter(after))
                .toList();
    }

    @Override
    public Map<BuilderId, Instant> lastMissing() {
        return disappearances.isEmpty()
                ? Map.of()
                : Map.of(new BuilderId(1), disappearances.getLast().at());
    }

    @Override
    public void markExternal(BuilderId builder, Instant missingSince) {
        markedExternal.add(missingSince);
    }

    // BuilderEvents

    @Override
    public List<PruneEvent> prunesBetween(
            HostConnection connection, HostCapabilities capabilities, Instant since, Instant until) {
        if (eventsRefused) {
            throw new EngineUnreachableException(new HostProblem(HostProblem.Cause.REFUSED, "Nobody listens."), null);
        }
        return events.stream()
                .filter(event -> !event.at().isBefore(since) && !event.at().isAfter(until))
                .toList();
    }

    @Override
    public Map<BuilderId, UsageSample> latest() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<UsageSample> latest(BuilderId builder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<UsageSample> series(BuilderId builder, Instant from, Instant until, int points) {
        return samples.stream()
                .filter(sample -> sample.builder().equals(builder)
                        && !sample.takenAt().isBefore(from)
                        && sample.takenAt().isBefore(until))
                .toList();
    }

    /** Notes what a host holds now as a reading, and gives the event of it. */
    public UsageSampled sampled(FakeHost host) {
        var usage = CacheUsage.of(host.records.values());
        samples.add(new UsageSample(
                host.builder(),
                clock.instant(),
                Duration.ZERO,
                usage,
                usage.total().size()));
        return new UsageSampled(new HostId(host.builder().value()), host.builder(), clock.instant(), true);
    }

    @Override
    public Page<RecordLife> records(RecordQuery query, @Nullable String after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Integer> childCounts(List<RecordLife> records) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CacheUsage sum(RecordQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forEach(RecordQuery query, Consumer<RecordLife> sink) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RecordLife> record(BuilderId builder, String recordId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<RecordUse> uses(BuilderId builder, String recordId, int limit) {
        throw new UnsupportedOperationException();
    }
}
