package dev.cachewarden.plan.preview;

import dev.cachewarden.history.LastReadings;
import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.history.RecordsRead;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.plan.PlanMaker;
import dev.cachewarden.plan.Target;
import dev.cachewarden.planner.CacheGraph;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The last snapshots of builders, from memory if they are cached there, otherwise from the store. */
@Component
class Snapshots {

    private final PlanMaker maker;
    private final LastReadings readings;
    private final SnapshotCache kept;

    Snapshots(PlanMaker maker, LastReadings readings, SnapshotCache kept) {
        this.maker = maker;
        this.readings = readings;
        this.kept = kept;
    }

    /**
     * A snapshot.
     *
     * @param packed the packed snapshot with the descriptions, or null if {@code cache} has them
     */
    record Found(
            Instant takenAt, CacheGraph cache, @Nullable PackedSnapshot packed) {}

    /** Returns the last readings by builder. */
    Map<BuilderId, Reading> last() {
        var last = readings.lastReadings();
        kept.retain(last.keySet());
        return last;
    }

    /** Caches a new snapshot, so that even the first preview does not read it from the store. Packing takes a few milliseconds. */
    @EventListener
    void on(RecordsRead read) {
        if (kept.any()
                && kept.find(read.builder(), new Reading(read.takenAt(), read.fingerprint()))
                        .isEmpty()) {
            var packed = PackedSnapshot.of(read.records());
            kept.keep(read.builder(), read.takenAt(), read.fingerprint(), packed);
        }
    }

    /**
     * Returns the last snapshot.
     *
     * @param last an entry of {@link #last()}, or null if there is none
     * @param described whether descriptions are needed; otherwise they may be empty
     * @throws dev.cachewarden.rest.ConflictException if there is none, or it is stale
     */
    Found of(Target target, @Nullable Reading last, boolean described) {
        if (last != null) {
            var builder = target.builder().id();
            var packed = kept.find(builder, last).orElse(null);
            if (packed != null) {
                maker.checkLastReading(target, last.takenAt());
                return new Found(last.takenAt(), packed.unpacked(described), described ? null : packed);
            }
        }
        return stored(target, last);
    }

    private Found stored(Target target, @Nullable Reading last) {
        var snapshot = maker.lastReading(target);
        // A new snapshot may have been stored between the two queries.
        var fingerprint = last != null && last.takenAt().equals(snapshot.takenAt()) ? last.fingerprint() : null;
        kept.keep(snapshot.builder(), snapshot.takenAt(), fingerprint, PackedSnapshot.of(snapshot.records()));
        return new Found(snapshot.takenAt(), CacheGraph.of(snapshot.records()), null);
    }
}
