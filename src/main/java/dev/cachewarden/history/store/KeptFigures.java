package dev.cachewarden.history.store;

import dev.cachewarden.history.HistorySettings;
import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.history.RecordsRead;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** A size-bounded cache of the record figures of the last readings. Figures that do not fit are not stored. */
@Component
class KeptFigures {

    private final long mostBytes;
    private final Map<BuilderId, Kept> kept = new HashMap<>();
    private long bytes;

    KeptFigures(HistorySettings settings) {
        this.mostBytes = settings.figuresBytes();
    }

    /** @param fingerprint hash of the records, or null if only the time of the reading is known */
    private record Kept(Instant takenAt, @Nullable UUID fingerprint, RecordFigures figures) {

        boolean of(Reading reading) {
            return fingerprint != null && reading.fingerprint() != null
                    ? fingerprint.equals(reading.fingerprint())
                    : takenAt.equals(reading.takenAt());
        }
    }

    @EventListener
    void on(RecordsRead read) {
        if (!has(read.builder(), new Reading(read.takenAt(), read.fingerprint()))) {
            var figures = RecordFigures.of(read.records());
            keep(read.builder(), new Kept(read.takenAt(), read.fingerprint(), figures));
        }
    }

    private synchronized boolean has(BuilderId builder, Reading reading) {
        var found = kept.get(builder);
        if (found == null || !found.of(reading)) {
            return false;
        }
        kept.put(builder, new Kept(reading.takenAt(), reading.fingerprint(), found.figures()));
        return true;
    }

    /** Stores figures if there is room. */
    private synchronized void keep(BuilderId builder, Kept read) {
        var before = kept.get(builder);
        if (before != null && before.takenAt().isAfter(read.takenAt())) {
            return;
        }
        forget(builder);
        if (bytes + read.figures().bytes() <= mostBytes) {
            kept.put(builder, read);
            bytes += read.figures().bytes();
        }
    }

    /** Returns those of a reading, if they are kept. */
    public synchronized Optional<RecordFigures> find(BuilderId builder, @Nullable Reading reading) {
        var found = kept.get(builder);
        return reading == null || found == null || !found.of(reading) ? Optional.empty() : Optional.of(found.figures());
    }

    private void forget(BuilderId builder) {
        var gone = kept.remove(builder);
        bytes -= gone == null ? 0 : gone.figures().bytes();
    }

    /** Returns the stored figures of these last readings, and removes those of all other builders. */
    public synchronized Map<BuilderId, RecordFigures> of(Map<BuilderId, Reading> last) {
        for (var builder : kept.keySet().toArray(BuilderId[]::new)) {
            if (!last.containsKey(builder)) {
                forget(builder);
            }
        }
        var found = new HashMap<BuilderId, RecordFigures>();
        last.forEach((builder, reading) -> {
            var figures = kept.get(builder);
            if (figures != null && figures.of(reading)) {
                found.put(builder, figures.figures());
            }
        });
        return found;
    }
}
