package dev.cachewarden.plan.preview;

import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * A size-bounded cache of snapshots for previews, so that neither the first preview nor later edits read them from the store. Each snapshot
 * has the fingerprint of its records. A lookup with the fingerprint of the last snapshot finds only current entries.
 *
 * <p>A preview processes all hosts in order. The cache therefore never evicts an entry for a new one, because the same preview would
 * request that entry next.
 */
@Component
class SnapshotCache {

    private final long mostBytes;

    private final Map<BuilderId, Kept> kept = new HashMap<>();

    private long bytes;

    @Autowired
    SnapshotCache(PreviewSettings settings) {
        this(settings.bytes());
    }

    /**
     * Creates a cache.
     *
     * @param mostBytes the size bound in bytes; with zero, the cache stays empty
     */
    SnapshotCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /**
     * A cached snapshot.
     *
     * @param fingerprint the fingerprint of its records, or null if only the time of the snapshot is known
     */
    private record Kept(Instant takenAt, @Nullable UUID fingerprint, PackedSnapshot packed) {

        boolean of(Reading reading) {
            return takenAt.equals(reading.takenAt())
                    || (fingerprint != null && fingerprint.equals(reading.fingerprint()));
        }
    }

    /** Returns the records of this snapshot if they are cached. Removes an entry of an older snapshot. */
    synchronized Optional<PackedSnapshot> find(BuilderId builder, Reading reading) {
        var found = kept.get(builder);
        if (found == null) {
            return Optional.empty();
        }
        if (!found.of(reading)) {
            forget(builder);
            return Optional.empty();
        }
        kept.put(builder, new Kept(reading.takenAt(), reading.fingerprint(), found.packed()));
        return Optional.of(found.packed());
    }

    /**
     * Caches a snapshot if it fits into the size bound.
     *
     * @param fingerprint the fingerprint of its records, or null if it is unknown
     */
    synchronized void keep(BuilderId builder, Instant takenAt, @Nullable UUID fingerprint, PackedSnapshot packed) {
        forget(builder);
        if (bytes + packed.bytes() <= mostBytes) {
            kept.put(builder, new Kept(takenAt, fingerprint, packed));
            bytes += packed.bytes();
        }
    }

    /** Returns whether the cache can hold any entry. */
    boolean any() {
        return mostBytes > 0;
    }

    /** Removes the snapshots of builders that no longer exist. */
    synchronized void retain(Collection<BuilderId> builders) {
        for (var builder : kept.keySet().toArray(BuilderId[]::new)) {
            if (!builders.contains(builder)) {
                forget(builder);
            }
        }
    }

    private void forget(BuilderId builder) {
        var gone = kept.remove(builder);
        bytes -= gone == null ? 0 : gone.packed().bytes();
    }

    /** Returns the size of all entries in bytes. */
    synchronized long bytes() {
        return bytes;
    }
}
