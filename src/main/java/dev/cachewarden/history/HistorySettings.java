package dev.cachewarden.history;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of polling and of the retention of the history.
 *
 * @param polling whether hosts are polled at all
 * @param concurrentReadings maximum number of readings in memory at a time; an unreachable host does not count for long
 * @param probeEvery pause between two probes of a reachable host
 * @param keepSamples retention of the sums of each reading
 * @param keepFiveMinutes retention of the 5-minute means
 * @param keepHours retention of the hourly means
 * @param keepDeletedRecords retention of a record after its deletion
 * @param keepUses retention of recorded uses
 * @param memory maximum heap for the record figures that lists are summed up from; zero disables them, null means an eighth of the heap
 */
@ConfigurationProperties("cachewarden.history")
public record HistorySettings(
        @DefaultValue("true") boolean polling,
        @DefaultValue("32") int concurrentReadings,
        @DefaultValue("10m") Duration probeEvery,
        @DefaultValue("48h") Duration keepSamples,
        @DefaultValue("30d") Duration keepFiveMinutes,
        @DefaultValue("730d") Duration keepHours,
        @DefaultValue("90d") Duration keepDeletedRecords,
        @DefaultValue("90d") Duration keepUses,
        @Nullable DataSize memory) {

    private static final int SHARE_OF_HEAP = 8;

    public HistorySettings {
        if (concurrentReadings < 1) {
            throw new IllegalArgumentException("cachewarden.history.concurrent-readings must be at least 1");
        }
        // Means are computed from the next finer resolution, so its retention must be longer than their span.
        atLeast("probe-every", probeEvery, Duration.ofSeconds(1));
        atLeast("keep-samples", keepSamples, Duration.ofMinutes(10));
        atLeast("keep-five-minutes", keepFiveMinutes, Duration.ofHours(2));
        atLeast("keep-hours", keepHours, Duration.ofHours(1));
        atLeast("keep-deleted-records", keepDeletedRecords, Duration.ZERO);
        atLeast("keep-uses", keepUses, Duration.ZERO);
        if (memory != null && memory.isNegative()) {
            throw new IllegalArgumentException("cachewarden.history.memory is negative: " + memory);
        }
    }

    /** Returns the maximum memory for record figures, in bytes. */
    public long figuresBytes() {
        return memory == null ? Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP : memory.toBytes();
    }

    private static void atLeast(String name, Duration given, Duration least) {
        if (given.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "cachewarden.history." + name + " is " + given + ", but must be at least " + least);
        }
    }
}
