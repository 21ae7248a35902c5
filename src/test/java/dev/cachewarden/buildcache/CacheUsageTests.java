package dev.cachewarden.buildcache;

import static dev.cachewarden.buildcache.CacheRecords.aRecord;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cachewarden.buildcache.CacheUsage.Amount;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheUsageTests {

    private final CacheUsage usage = CacheUsage.of(List.of(
            aRecord("idle").bytes(1).build(),
            aRecord("shared").bytes(10).shared().build(),
            aRecord("running").bytes(100).inUse().build(),
            aRecord("both").bytes(1_000).shared().inUse().build(),
            aRecord("mount").type(RecordType.EXEC_CACHEMOUNT).bytes(10_000).build()));

    @Test
    void addsUpAsEachToolDoes() {
        assertThat(usage.total()).isEqualTo(amount(5, 11_111));
        assertThat(usage.notShared()).as("docker system df, size").isEqualTo(amount(3, 10_101));
        assertThat(usage.reclaimable()).as("docker system df, reclaimable").isEqualTo(amount(2, 10_001));
        assertThat(usage.notInUse()).as("docker buildx du, reclaimable").isEqualTo(amount(3, 10_011));
        assertThat(usage.shared()).as("docker buildx du, shared").isEqualTo(amount(2, 1_010));
        assertThat(usage.inUse()).isEqualTo(amount(2, 1_100));
    }

    @Test
    void addsUpByType() {
        assertThat(usage.of(RecordType.EXEC_CACHEMOUNT)).isEqualTo(amount(1, 10_000));
        assertThat(usage.of(RecordType.FRONTEND)).isEqualTo(Amount.NONE);
        assertThat(usage.byType().keySet()).containsExactly(RecordType.EXEC_CACHEMOUNT, RecordType.REGULAR);
    }

    @Test
    void isNothingWithoutRecords() {
        assertThat(CacheUsage.of(List.of())).isEqualTo(CacheUsage.EMPTY);
        assertThat(CacheUsage.EMPTY.total()).isEqualTo(Amount.NONE);
    }

    private static Amount amount(long records, long bytes) {
        return new Amount(records, new ByteSize(bytes));
    }
}
