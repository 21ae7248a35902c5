package dev.cachewarden.prune.preview;

import dev.cachewarden.history.CacheSnapshot;
import dev.cachewarden.history.LastReadings;
import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.prune.planning.PlanMaker;
import dev.cachewarden.prune.planning.Target;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** The last readings of many builders: out of memory where they are kept there, else out of the store. */
@Component
class Snapshots {

    private final PlanMaker maker;
    private final LastReadings readings;
    private final KeptSnapshots kept;
    private final Executor executor;
    private final InstantSource clock;
    private final AtomicBoolean cleaning = new AtomicBoolean();

    Snapshots(
            PlanMaker maker,
            LastReadings readings,
            KeptSnapshots kept,
            @Qualifier("pruneExecutor") Executor executor,
            InstantSource clock) {
        this.maker = maker;
        this.readings = readings;
        this.kept = kept;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * A snapshot.
     *
     * @param packed where its descriptions can be had; null: the snapshot has them
     */
    record Found(CacheSnapshot snapshot, @Nullable PackedSnapshot packed) {}

    /** Which readings are the last. */
    Map<BuilderId, Reading> last() {
        var last = readings.lastReadings();
        kept.retain(last.keySet());
        forgetLater();
        return last;
    }

    /** However seldom there is another preview, the memory is given back. */
    private void forgetLater() {
        if (cleaning.compareAndSet(false, true)) {
            long wait = KeptSnapshots.IDLE.toSeconds() + 1;
            CompletableFuture.delayedExecutor(wait, TimeUnit.SECONDS, executor).execute(() -> {
                cleaning.set(false);
                kept.forgetIdle(clock.instant());
                if (kept.bytes() > 0) {
                    forgetLater();
                }
            });
        }
    }

    /**
     * The last reading.
     *
     * @param last of {@link #last()}; null: there was none
     * @param described whether descriptions are needed; otherwise they may be empty
     * @throws dev.cachewarden.rest.ConflictException if there is none, or it is stale
     */
    Found of(Target target, @Nullable Reading last, boolean described, Instant now) {
        if (last != null) {
            var builder = target.builder().id();
            var packed = kept.find(builder, last, now).orElse(null);
            if (packed != null) {
                maker.checkLastReading(target, last.takenAt());
                var snapshot = new CacheSnapshot(builder, last.takenAt(), packed.records(described));
                return new Found(snapshot, described ? null : packed);
            }
        }
        return stored(target, last, now);
    }

    private Found stored(Target target, @Nullable Reading last, Instant now) {
        var snapshot = maker.lastReading(target);
        // Between the two questions there may have been another reading.
        var fingerprint = last != null && last.takenAt().equals(snapshot.takenAt()) ? last.fingerprint() : null;
        kept.keep(snapshot.builder(), snapshot.takenAt(), fingerprint, PackedSnapshot.of(snapshot.records()), now);
        return new Found(snapshot, null);
    }
}
