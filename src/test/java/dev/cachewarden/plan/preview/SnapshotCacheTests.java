package dev.cachewarden.plan.preview;

import static dev.cachewarden.planner.CacheRecords.NOW;
import static dev.cachewarden.planner.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.history.LastReadings.Reading;
import dev.cachewarden.host.BuilderId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SnapshotCacheTests {

    private static final PackedSnapshot PACKED =
            PackedSnapshot.of(List.of(aRecord("one").record()));
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Instant MUCH_LATER = NOW.plusSeconds(3_600);

    private final SnapshotCache kept = new SnapshotCache(3 * PACKED.bytes() + 5);

    private void keep(long builder) {
        kept.keep(new BuilderId(builder), NOW, fingerprint(builder), PACKED);
    }

    private static UUID fingerprint(long number) {
        return new UUID(0, number);
    }

    private List<Long> found() {
        var found = new ArrayList<Long>();
        for (long builder = 1; builder <= 9; builder++) {
            if (kept.find(new BuilderId(builder), new Reading(NOW, fingerprint(builder)))
                    .isPresent()) {
                found.add(builder);
            }
        }
        return found;
    }

    @Test
    void keepNoMoreThanTheirBoundAndWhatCameFirst() {
        for (int round = 0; round < 3; round++) {
            for (long builder = 1; builder <= 9; builder++) {
                keep(builder);
                assertThat(kept.bytes()).isLessThanOrEqualTo(3 * PACKED.bytes() + 5);
            }
            assertThat(found()).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void evictsEntriesIfTheFingerprintIsUnknown() {
        keep(1);
        kept.keep(new BuilderId(2), NOW, null, PACKED);

        assertThat(kept.find(new BuilderId(1), new Reading(LATER, null))).isEmpty();
        assertThat(kept.find(new BuilderId(2), new Reading(LATER, null))).isEmpty();
        assertThat(kept.bytes()).isZero();
    }

    @Test
    void keepNothingWithoutMemory() {
        var none = new SnapshotCache(0);

        none.keep(new BuilderId(1), NOW, fingerprint(1), PACKED);

        assertThat(none.bytes()).isZero();
    }

    @Test
    void findALaterReadingOfTheSameRecords() {
        keep(1);

        assertThat(kept.find(new BuilderId(1), new Reading(LATER, fingerprint(1))))
                .contains(PACKED);
    }

    @Test
    void findsAnEntryWithoutFingerprintByItsTime() {
        kept.keep(new BuilderId(1), LATER, null, PACKED);

        assertThat(kept.find(new BuilderId(1), new Reading(LATER, fingerprint(7))))
                .contains(PACKED);
        assertThat(kept.find(new BuilderId(1), new Reading(MUCH_LATER, fingerprint(7))))
                .contains(PACKED);
    }

    @Test
    void letGoWhatIsNoLongerSo() {
        keep(1);

        assertThat(kept.find(new BuilderId(1), new Reading(LATER, fingerprint(2))))
                .isEmpty();
        assertThat(kept.bytes()).isZero();
    }

    @Test
    void letGoBuildersThatAreNoMore() {
        keep(1);
        keep(2);
        keep(3);

        kept.retain(Set.of(new BuilderId(2), new BuilderId(3)));
        assertThat(found()).containsExactly(2L, 3L);
    }
}
