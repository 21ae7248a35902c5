package dev.cachewarden.prune.preview;

import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.host.BuilderId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Snapshots that previews needed of late, within a bound of bytes, so that the next edit need not read them again. What is found is what
 * the last reading had: each is kept with the fingerprint of its records, and asked for by that of the last reading.
 *
 * <p>A preview goes through all hosts from the first to the last. So what does not fit is not kept at all, instead of pushing out what the
 * same preview is about to ask for; room is made only by what no preview has needed for a while.
 */
@Component
class KeptSnapshots {

    /** Longer than somebody thinks between two edits. */
    static final Duration IDLE = Duration.ofMinutes(10);

    private final long mostBytes;

    /** The longest unused first. */
    private final LinkedHashMap<BuilderId, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    @Autowired
    KeptSnapshots(PreviewSettings settings) {
        this(settings.bytes());
    }

    /** @param mostBytes zero: nothing is kept */
    KeptSnapshots(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** @param fingerprint null: not known, only when it was taken */
    private record Kept(Instant takenAt, @Nullable UUID fingerprint, PackedSnapshot packed, Instant usedAt) {

        boolean of(Reading reading) {
            return takenAt.equals(reading.takenAt())
                    || (fingerprint != null && fingerprint.equals(reading.fingerprint()));
        }
    }

    /** The records of this reading, if they are kept. What is kept of an older one is let go. */
    synchronized Optional<PackedSnapshot> find(BuilderId builder, Reading reading, Instant now) {
        var found = kept.get(builder);
        if (found == null) {
            return Optional.empty();
        }
        if (!found.of(reading)) {
            forget(builder);
            return Optional.empty();
        }
        kept.put(builder, new Kept(reading.takenAt(), reading.fingerprint(), found.packed(), now));
        return Optional.of(found.packed());
    }

    /**
     * Keeps a snapshot if there is room for it.
     *
     * @param fingerprint of its records; null: not known
     */
    synchronized void keep(
            BuilderId builder, Instant takenAt, @Nullable UUID fingerprint, PackedSnapshot packed, Instant now) {
        forget(builder);
        while (bytes + packed.bytes() > mostBytes && forgetIdlest(now)) {
            continue;
        }
        if (bytes + packed.bytes() <= mostBytes) {
            kept.put(builder, new Kept(takenAt, fingerprint, packed, now));
            bytes += packed.bytes();
        }
    }

    private boolean forgetIdlest(Instant now) {
        var eldest = kept.firstEntry();
        if (eldest == null || eldest.getValue().usedAt().plus(IDLE).isAfter(now)) {
            return false;
        }
        forget(eldest.getKey());
        return true;
    }

    /** Lets go what no preview has needed for a while. */
    synchronized void forgetIdle(Instant now) {
        while (forgetIdlest(now)) {
            continue;
        }
    }

    /** Lets go the snapshots of builders that are no more. */
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

    /** What all of them take. */
    synchronized long bytes() {
        return bytes;
    }
}
