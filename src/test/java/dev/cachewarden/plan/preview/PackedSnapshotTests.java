package dev.cachewarden.plan.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cachewarden.buildcache.ByteSize;
import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.buildcache.RecordType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PackedSnapshotTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00.123456Z");

    private static CacheRecord record(
            String id,
            List<String> parents,
            String description,
            @Nullable Boolean mutable,
            long bytes,
            @Nullable Instant created,
            @Nullable Instant used) {
        return new CacheRecord(
                id,
                new RecordType("type-" + description.length() % 3),
                parents,
                description,
                bytes % 2 == 0,
                bytes % 3 == 0,
                mutable,
                new ByteSize(bytes),
                created,
                used,
                bytes);
    }

    @Test
    void unpacksTheOriginalRecords() {
        var records = List.of(
                record("a", List.of(), "", null, 0, null, null),
                record("b", List.of("a"), "RUN … <b> „ü“ 🐳", true, 1, NOON, null),
                record("c", List.of("away", "b", "a", "ünd"), "RUN x", false, Long.MAX_VALUE, null, NOON),
                record("ünusual id", List.of("c"), "RUN x", null, 127, Instant.EPOCH, Instant.EPOCH.minusSeconds(1)),
                record(
                        "old",
                        List.of("young", "old"),
                        "x".repeat(100_000),
                        true,
                        128,
                        Instant.parse("0001-01-01T00:00:00Z"),
                        Instant.parse("9999-12-31T23:59:59.999999Z")));

        var packed = PackedSnapshot.of(records);

        assertThat(packed.unpacked(true).records()).containsExactlyInAnyOrderElementsOf(records);
        assertThat(packed.unpacked(false).records())
                .allSatisfy(record -> assertThat(record.description()).isEmpty())
                .extracting(CacheRecord::id)
                .containsExactlyInAnyOrder("a", "b", "c", "ünusual id", "old");
        assertThat(packed.descriptions(Set.of("b", "c", "missing")))
                .containsExactlyInAnyOrderEntriesOf(Map.of("b", "RUN … <b> „ü“ 🐳", "c", "RUN x"));
    }

    @Test
    void holdsAnEmptyCache() {
        assertThat(PackedSnapshot.of(List.of()).unpacked(true).records()).isEmpty();
    }

    @Test
    void packsIntoFewBytes() {
        var random = new Random(7);
        var records = new ArrayList<CacheRecord>();
        for (int i = 0; i < 2_000; i++) {
            String id = "%025d".formatted(random.nextLong(Long.MAX_VALUE));
            String step = "mount / from exec /bin/sh -c apt-get install -y lib-" + random.nextInt(5_000)
                    + " && rm -rf /var/lib";
            records.add(record(id, List.of(), step, null, random.nextInt(1 << 30), NOON.minusSeconds(i), NOON));
        }

        assertThat(PackedSnapshot.of(records).bytes()).isBetween(2_000L * 25, 2_000L * 80);
    }

    @Test
    void refusesTimesThatItWouldHaveToRound() {
        var record = record("a", List.of(), "", null, 0, NOON.plusNanos(1), null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PackedSnapshot.of(List.of(record)))
                .withMessage("2026-03-08T12:00:00.123456001Z is more precise than microseconds");
    }
}
