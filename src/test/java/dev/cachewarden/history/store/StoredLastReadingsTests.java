package dev.cachewarden.history.store;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.history.LastReadings;
import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.testing.HistoryContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoredLastReadingsTests {

    @RegisterExtension
    static final HistoryContext context = HistoryContext.at("2026-03-08T12:00:00Z");

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");

    private final LastReadings readings = context.get(LastReadings.class);

    private static Reading read(long builder, Instant at, String... ids) {
        var records = Stream.of(ids).map(id -> aRecord(id).build()).toList();
        var reading = BuilderReading.of(new HostId(builder), new BuilderId(builder), at, Duration.ofMillis(4), records);
        context.get(ReadingStore.class).store(reading, true);
        return new Reading(at, reading.fingerprint());
    }

    @Test
    void tellNoFingerprintOfAReadingThatARunTookFrom() {
        context.clear();
        context.addBuilder("one");
        read(1, NOON, "a", "b");

        context.get(PruneMarks.class).mark(new BuilderId(1), 7, List.of("a"), NOON.plusSeconds(5));

        assertThat(readings.lastReadings()).isEqualTo(Map.of(new BuilderId(1), new Reading(NOON, null)));
    }

    @Test
    void tellTheLastOfEachBuilderThatWasRead() {
        context.clear();
        context.addBuilder("one");
        context.addBuilder("two");
        context.addBuilder("never read");
        var before = read(1, NOON, "a", "b");
        var two = read(2, NOON, "c");
        var same = read(1, NOON.plusSeconds(60), "b", "a");

        assertThat(readings.lastReadings()).isEqualTo(Map.of(new BuilderId(1), same, new BuilderId(2), two));
        assertThat(same.fingerprint()).isEqualTo(before.fingerprint());

        var changed = read(1, NOON.plusSeconds(120), "a");

        assertThat(readings.lastReadings()).containsEntry(new BuilderId(1), changed);
        assertThat(changed.fingerprint()).isNotEqualTo(same.fingerprint());
    }
}
