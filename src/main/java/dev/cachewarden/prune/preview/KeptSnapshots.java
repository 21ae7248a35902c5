package dev.cachewarden.prune.preview;

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
 * Snapshots for previews, within a bound of bytes, so that neither the first preview nor the next edit need read them. What is found is
 * what the last reading had: each is kept with the fingerprint of its records, and asked for by that of the last reading.
 *
 * <p>A preview goes through all hosts from the first to the last. So what does not fit is not kept at all, instead of pushing out what the
 * same preview is about to ask for.
 */
@Component
class KeptSnapshots {

    private final long mostBytes;

    private final Map<BuilderId, Kept> kept = new HashMap<>();

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
    private record Kept(Instant takenAt, @Nullable UUID fingerprint, PackedSnapshot packed) {

        boolean of(Reading reading) {
            return takenAt.equals(reading.takenAt())
                    || (fingerprint != null && fingerprint.equals(reading.fingerprint()));
        }
    }

    /** The records of this reading, if they are kept. What is kept of an older one is let go. */
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
     * Keeps a snapshot if there is room for it.
     *
     * @param fingerprint of its records; null: not known
     */
    synchronized void keep(BuilderId builder, Instant takenAt, @Nullable UUID fingerprint, PackedSnapshot packed) {
        forget(builder);
        if (bytes + packed.bytes() <= mostBytes) {
            kept.put(builder, new Kept(takenAt, fingerprint, packed));
            bytes += packed.bytes();
        }
    }

    /** Whether anything is kept at all. */
    boolean any() {
        return mostBytes > 0;
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
