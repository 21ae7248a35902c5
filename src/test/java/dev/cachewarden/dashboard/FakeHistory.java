package dev.cachewarden.dashboard;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.CacheUsage;
import dev.cachewarden.buildcache.CacheUsage.Amount;
import dev.cachewarden.buildcache.UsageState;
import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.Past;
import dev.cachewarden.history.RecordLife;
import dev.cachewarden.history.RecordQuery;
import dev.cachewarden.history.RecordsRead;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.history.UsageSample;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.rest.list.Cursor;
import dev.cachewarden.rest.list.Page;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** History kept in memory: for each builder its last snapshot, its samples, and its past where a test needs one. */
public final class FakeHistory implements UsageHistory {

    private final Map<BuilderId, CacheSnapshot> snapshots = new ConcurrentHashMap<>();
    private final Map<BuilderId, List<UsageSample>> samples = new ConcurrentHashMap<>();
    private final Map<BuilderId, Past> pasts = new ConcurrentHashMap<>();
    private final FakeHosts hosts;
    private final InstantSource clock;

    public FakeHistory(FakeHosts hosts, InstantSource clock) {
        this.hosts = hosts;
        this.clock = clock;
    }

    void clear() {
        pasts.clear();
        snapshots.clear();
        samples.clear();
    }

    void put(CacheSnapshot snapshot, List<UsageSample> series) {
        snapshots.put(snapshot.builder(), snapshot);
        samples.put(snapshot.builder(), List.copyOf(series));
    }

    /** What was read, as it is told to those who keep it in memory. */
    RecordsRead read(BuilderId builder) {
        var snapshot = Objects.requireNonNull(snapshots.get(builder));
        return new RecordsRead(builder, snapshot.takenAt(), fingerprint(builder), snapshot.records());
    }

    UUID fingerprint(BuilderId builder) {
        return UUID.nameUUIDFromBytes(String.valueOf(snapshots.get(builder)).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<BuilderId, UsageSample> latest() {
        return samples.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().getLast()));
    }

    @Override
    public Optional<UsageSample> latest(BuilderId builder) {
        return Optional.ofNullable(latest().get(builder));
    }

    @Override
    public List<UsageSample> series(BuilderId builder, Instant from, Instant until, int points) {
        return samples.getOrDefault(builder, List.of()).stream()
                .filter(sample ->
                        !sample.takenAt().isBefore(from) && sample.takenAt().isBefore(until))
                .toList();
    }

    @Override
    public Optional<CacheSnapshot> snapshot(BuilderId builder) {
        return Optional.ofNullable(snapshots.get(builder));
    }

    @Override
    public Map<String, Amount> byDescription(BuilderId builder) {
        return snapshot(builder).stream()
                .flatMap(snapshot -> snapshot.records().stream())
                .collect(Collectors.toMap(
                        CacheRecord::description, record -> new Amount(1, record.size()), Amount::plus));
    }

    @Override
    public Page<RecordLife> records(RecordQuery query, @Nullable String after, int limit) {
        var all = matching(query).toList();
        int from = after == null
                ? 0
                : Integer.parseInt(Cursor.decode("fake", after).getFirst());
        int until = Math.min(all.size(), from + limit);
        return new Page<>(
                all.subList(from, until),
                until < all.size() ? Cursor.encode("fake", List.of(Integer.toString(until))) : null);
    }

    @Override
    public List<Integer> childCounts(List<RecordLife> records) {
        return records.stream()
                .map(life -> (int) snapshot(life.builder()).stream()
                        .flatMap(snapshot -> snapshot.records().stream())
                        .filter(record ->
                                record.parents().contains(life.record().id()))
                        .count())
                .toList();
    }

    @Override
    public CacheUsage sum(RecordQuery query) {
        return CacheUsage.of(matching(query).map(RecordLife::record).toList());
    }

    @Override
    public void forEach(RecordQuery query, Consumer<RecordLife> sink) {
        matching(query).forEach(sink);
    }

    @Override
    public Optional<RecordLife> record(BuilderId builder, String recordId) {
        return snapshot(builder).stream()
                .flatMap(snapshot -> snapshot.records().stream())
                .filter(record -> record.id().equals(recordId))
                .map(record -> life(builder, record))
                .findAny();
    }

    @Override
    public List<RecordUse> uses(BuilderId builder, String recordId, int limit) {
        return record(builder, recordId).stream()
                .filter(life -> life.record().lastUsedAt() != null)
                .map(life -> new RecordUse(
                        Objects.requireNonNull(life.record().lastUsedAt()).plusSeconds(20),
                        life.record().lastUsedAt(),
                        life.record().usageCount()))
                .toList();
    }

    /** Instead of what follows from the last snapshot. */
    void put(BuilderId builder, Past past) {
        pasts.put(builder, past);
    }

    @Override
    public Past past(BuilderId builder, Instant from) {
        if (pasts.containsKey(builder)) {
            return Objects.requireNonNull(pasts.get(builder));
        }
        var lives = snapshot(builder).stream()
                .flatMap(snapshot -> snapshot.records().stream())
                .map(record -> new RecordLife(builder, record, from, from, null, null, null))
                .toList();
        var used = lives.stream()
                .collect(Collectors.toMap(
                        life -> life.record().id(),
                        life -> List.of(new RecordUse(
                                clock.instant().minusSeconds(600),
                                null,
                                life.record().usageCount()))));
        return new Past(lives, used);
    }

    @Override
    public void markPruned(BuilderId builder, long runId, Collection<String> recordIds, Instant at) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Disappearance> disappearances(BuilderId builder, @Nullable Instant after) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<BuilderId, Instant> lastMissing() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void markExternal(BuilderId builder, Instant missingSince) {
        throw new UnsupportedOperationException();
    }

    private Stream<RecordLife> matching(RecordQuery query) {
        var found = new ArrayList<RecordLife>();
        snapshots.forEach((builder, snapshot) -> {
            var host = hosts.ofBuilder(builder).orElseThrow();
            if (query.hosts().isEmpty() || query.hosts().contains(host.id())) {
                snapshot.records().stream()
                        .filter(record -> fits(query, record))
                        .map(record -> life(builder, record))
                        .forEach(found::add);
            }
        });
        Comparator<RecordLife> order = comparator(query.sort());
        return found.stream()
                .sorted((query.descending() ? order.reversed() : order)
                        .thenComparing(life -> life.record().id()));
    }

    private boolean fits(RecordQuery query, CacheRecord record) {
        var text = query.text() == null ? "" : query.text().toLowerCase(Locale.ROOT);
        var touched = record.lastTouchedAt();
        return (query.types().isEmpty() || query.types().contains(record.type()))
                && (query.states().isEmpty() || query.states().contains(UsageState.of(record)))
                && (record.description().toLowerCase(Locale.ROOT).contains(text)
                        || record.id().startsWith(text))
                && (query.minSize() == null || record.size().compareTo(query.minSize()) >= 0)
                && (query.unusedFor() == null
                        || touched != null && !touched.isAfter(clock.instant().minus(query.unusedFor())));
    }

    private static Comparator<RecordLife> comparator(RecordQuery.Sort sort) {
        return switch (sort) {
            case SIZE -> Comparator.comparing(life -> life.record().size());
            case LAST_USED ->
                Comparator.comparing(
                        life -> Objects.requireNonNullElse(life.record().lastUsedAt(), Instant.MIN));
            case CREATED ->
                Comparator.comparing(
                        life -> Objects.requireNonNullElse(life.record().createdAt(), Instant.MIN));
            case USES -> Comparator.comparing(life -> life.record().usageCount());
            case TYPE -> Comparator.comparing(life -> life.record().type());
        };
    }

    private static RecordLife life(BuilderId builder, CacheRecord record) {
        var seen = Objects.requireNonNullElse(record.createdAt(), Instant.EPOCH).plusSeconds(30);
        return new RecordLife(builder, record, seen, seen, null, null, null);
    }
}
