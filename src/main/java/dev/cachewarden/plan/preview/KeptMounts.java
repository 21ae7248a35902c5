package dev.cachewarden.plan.preview;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.history.RecordsRead;
import dev.cachewarden.host.BuilderId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * A size-bounded cache of the mount totals of each builder. Entries have the fingerprint of their snapshot, and a lookup with the
 * fingerprint of the last snapshot finds only current entries.
 */
@Component
class KeptMounts {

    private final int mostSums;
    private final Map<BuilderId, Kept> kept = new HashMap<>();
    private int sums;

    @Autowired
    KeptMounts() {
        this(CacheMounts.MOST_SUMS);
    }

    KeptMounts(int mostSums) {
        this.mostSums = mostSums;
    }

    /**
     * The total of records with the same description, which pins cannot distinguish except by ID.
     *
     * @param like one of the records
     */
    record Sum(CacheRecord like, MountUse use) {}

    private record Kept(UUID fingerprint, List<Sum> sums) {}

    @EventListener
    void on(RecordsRead read) {
        if (!has(read.builder(), read.fingerprint())) {
            keep(read.builder(), new Kept(read.fingerprint(), sums(read.records())));
        }
    }

    private static List<Sum> sums(Collection<CacheRecord> records) {
        var byDescription = new LinkedHashMap<String, Sum>();
        records.stream()
                .filter(record -> record.type().equals(RecordType.EXEC_CACHEMOUNT))
                .forEach(record -> byDescription.merge(
                        record.description(),
                        new Sum(record, MountUse.of(record)),
                        (one, other) -> new Sum(one.like(), one.use().plus(other.use()))));
        return List.copyOf(byDescription.values());
    }

    private synchronized boolean has(BuilderId builder, UUID fingerprint) {
        var found = kept.get(builder);
        return found != null && found.fingerprint().equals(fingerprint);
    }

    private synchronized void keep(BuilderId builder, Kept read) {
        forget(builder);
        if (sums + read.sums().size() <= mostSums) {
            kept.put(builder, read);
            sums += read.sums().size();
        }
    }

    private void forget(BuilderId builder) {
        var gone = kept.remove(builder);
        sums -= gone == null ? 0 : gone.sums().size();
    }

    /**
     * Returns the totals for the given snapshots, or empty unless all of them are cached. Removes the entries of builders that no longer
     * exist.
     */
    synchronized Optional<Map<BuilderId, List<Sum>>> of(Map<BuilderId, Reading> last, Collection<BuilderId> builders) {
        new ArrayList<>(kept.keySet())
                .stream().filter(builder -> !last.containsKey(builder)).forEach(this::forget);
        var found = new HashMap<BuilderId, List<Sum>>();
        for (var builder : builders) {
            var reading = last.get(builder);
            if (reading == null) {
                continue;
            }
            var known = kept.get(builder);
            if (known == null || !known.fingerprint().equals(reading.fingerprint())) {
                return Optional.empty();
            }
            found.put(builder, known.sums());
        }
        return Optional.of(found);
    }
}
