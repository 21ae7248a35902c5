package dev.cachewarden.history.store;

import static dev.cachewarden.history.ARecord.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheRecord;
import dev.cachewarden.history.ARecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTests {

    private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");

    @Test
    void orderDoesNotMatter() {
        var records = many();
        var fingerprint = Fingerprint.of(records);

        Collections.shuffle(records, new Random(7));

        assertThat(Fingerprint.of(records)).isEqualTo(fingerprint);
    }

    static Stream<ARecord> changes() {
        return Stream.of(
                record("r0"),
                record("r1").type("frontend"),
                record("r1").under("p2", "p1"),
                record("r1").under("p1"),
                record("r1").under("p1p", "2"),
                record("r1").described("[build 2/4] RUN makE"),
                record("r1").described("[build 2/4] RUN make "),
                record("r1").inUse(),
                record("r1").shared(),
                record("r1").mutable(true),
                record("r1").mutable(null),
                record("r1").bytes(1_001),
                record("r1").created(null),
                record("r1").created(NOON),
                record("r1").used(1, null),
                record("r1").used(1, NOON),
                record("r1").used(2, ARecord.CREATED.plusSeconds(3_600)));
    }

    private static ARecord record(String id) {
        return aRecord(id).under("p1", "p2");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anyAttributeMatters(ARecord changed) {
        var others = many();
        var before = new ArrayList<>(others);
        before.add(record("r1").build());
        var after = new ArrayList<>(others);
        after.add(changed.build());

        assertThat(Fingerprint.of(after)).isNotEqualTo(Fingerprint.of(before));
    }

    @Test
    void whatTwoRecordsSwapMatters() {
        var before =
                List.of(aRecord("a").bytes(1).build(), aRecord("b").bytes(2).build());
        var after = List.of(aRecord("a").bytes(2).build(), aRecord("b").bytes(1).build());

        assertThat(Fingerprint.of(after)).isNotEqualTo(Fingerprint.of(before));
    }

    @Test
    void oneMoreEmptyRecordMatters() {
        assertThat(Fingerprint.of(List.of()))
                .isNotEqualTo(Fingerprint.of(List.of(aRecord("a").build())));
    }

    @Test
    void hundredThousandCachesThatDifferByOneNumberAllDiffer() {
        var seen = new HashSet<UUID>();
        var halves = new HashSet<Long>();
        for (int i = 0; i < 100_000; i++) {
            var fingerprint = Fingerprint.of(List.of(aRecord("a").bytes(i).build()));
            seen.add(fingerprint);
            halves.add(fingerprint.getMostSignificantBits());
            halves.add(fingerprint.getLeastSignificantBits());
        }
        assertThat(seen).hasSize(100_000);
        assertThat(halves).as("each half is unique").hasSize(200_000);
    }

    private static ArrayList<CacheRecord> many() {
        var records = new ArrayList<CacheRecord>();
        for (int i = 0; i < 500; i++) {
            records.add(
                    aRecord("many" + i).bytes(i).used(i, NOON.plusSeconds(i)).build());
        }
        return records;
    }
}
