package dev.cachewarden.history.store;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.LastReadings;
import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.history.RecordsRead;
import dev.cachewarden.history.UsageHistory;
import dev.cachewarden.host.BuilderId;
import dev.cachewarden.host.HostId;
import dev.cachewarden.testing.HistoryContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    void omitsTheFingerprintAfterARunDeletedRecords() {
        context.clear();
        context.addBuilder("one");
        read(1, NOON, "a", "b");

        context.get(PruneMarks.class).mark(new BuilderId(1), 7, List.of("a"), NOON.plusSeconds(5));

        assertThat(readings.lastReadings()).isEqualTo(Map.of(new BuilderId(1), new Reading(NOON, null)));
    }

    /** Sums are kept by fingerprint; one builder at a time is always read anew. */
    @Test
    void allLatestSamplesAreThoseOfEachBuilder() {
        context.clear();
        context.addBuilder("one");
        context.addBuilder("two");
        read(1, NOON, "a", "b");
        assertLatest(1);
        read(2, NOON, "c");
        assertLatest(2);
        read(1, NOON.plusSeconds(60), "b", "a");
        assertLatest(2);
        read(1, NOON.plusSeconds(120), "a");
        assertLatest(2);
        context.get(PruneMarks.class).mark(new BuilderId(1), 7, List.of("a"), NOON.plusSeconds(125));
        assertLatest(2);
        read(1, NOON.plusSeconds(180));
        assertLatest(2);
        context.jdbc().update("delete from builder where id = 2");
        assertLatest(1);
    }

    private static void assertLatest(int builders) {
        var history = context.get(UsageHistory.class);
        for (int again = 0; again < 2; again++) {
            var latest = history.latest();
            assertThat(latest).hasSize(builders);
            latest.forEach(
                    (builder, sample) -> assertThat(history.latest(builder)).contains(sample));
        }
    }

    @Test
    void publishesSnapshotsOfOtherReplicasOnce() {
        context.clear();
        context.addBuilder("one");
        context.addBuilder("two");
        context.addBuilder("never read");
        var stored = context.get(StoredReadings.class);
        var one = read(1, NOON, "a", "b");
        read(2, NOON, "c");
        context.get(PruneMarks.class).mark(new BuilderId(2), 7, List.of("c"), NOON.plusSeconds(5));

        stored.publishNew(() -> false);
        assertThat(recordsRead()).isEmpty();
        stored.publishNew(() -> true);
        assertThat(recordsRead()).singleElement().satisfies(read -> {
            assertThat(read.builder()).isEqualTo(new BuilderId(1));
            assertThat(read.fingerprint()).isEqualTo(one.fingerprint());
            assertThat(read.records()).extracting(CacheRecord::id).containsExactlyInAnyOrder("a", "b");
        });
        read(1, NOON.plusSeconds(60), "b", "a");
        stored.publishNew(() -> true);
        assertThat(recordsRead()).as("the same records").hasSize(1);

        read(1, NOON.plusSeconds(120), "a");
        stored.publishNew(() -> true);
        assertThat(recordsRead()).hasSize(2);
        context.publish(new RecordsRead(
                new BuilderId(2),
                NOON,
                Objects.requireNonNull(read(2, NOON.plusSeconds(60), "d").fingerprint()),
                List.of()));
        stored.publishNew(() -> true);
        assertThat(recordsRead())
                .as("a poll of this replica published of the second")
                .hasSize(3);
    }

    private static List<RecordsRead> recordsRead() {
        return context.recordsRead();
    }

    @Test
    void returnsTheLatestSnapshotOfEachBuilder() {
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
